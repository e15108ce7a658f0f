// One stream for all windows of a browser.

import { follow } from './memos-stream.js'

const windows = new Set()
let who
let stream

function begin(person) {
  stream?.end()
  who = person
  stream = follow((waiting) => windows.forEach((port) => port.postMessage(waiting)))
}

function leave(port) {
  windows.delete(port)
  if (windows.size > 0) return
  stream?.end()
  stream = who = undefined
}

globalThis.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.gone) return leave(port)
    windows.add(port)
    // Somebody else signed in, or the session had ended.
    if (data.who !== who || stream.closed()) begin(data.who)
    else stream.ask()
  }
}
