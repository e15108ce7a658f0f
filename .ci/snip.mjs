// Empties functions of a wasm file by name, so that the optimiser after it can drop whatever only they used.
//
// A linker keeps every function whose address is taken, called or not. Leptos takes the address of a way to hydrate that this
// product never goes (lazily); it is a sixteenth of the program. An emptied function traps: if it is ever called, the first
// browser test says so. Short functions are left alone: the linker gives several that are alike one name.

const CUSTOM = 0
const IMPORT = 2
const CODE = 10
const SHORT_BYTES = 200
// No locals, `unreachable`, `end`.
const EMPTY = Buffer.from([0x03, 0x00, 0x00, 0x0b])

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  number() {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++]
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
  }

  slice(length) {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  text() {
    return this.slice(this.number()).toString('utf8')
  }
}

function number(value) {
  const bytes = []
  do {
    bytes.push((value & 0x7f) | (value >= 0x80 ? 0x80 : 0))
    value = Math.floor(value / 0x80)
  } while (value > 0)
  return Buffer.from(bytes)
}

function sections(wasm) {
  const reader = new Reader(wasm, 8)
  const found = []
  while (reader.at < wasm.length) {
    const id = wasm[reader.at++]
    found.push({ id, body: reader.slice(reader.number()) })
  }
  return found
}

// wasm-bindgen's imports are functions, and their numbers come before those of the code.
function importedFunctions(all) {
  const section = all.find(({ id }) => id === IMPORT)
  if (!section) return 0
  const reader = new Reader(section.body)
  const count = reader.number()
  for (let index = 0; index < count; index++) {
    reader.text()
    reader.text()
    if (section.body[reader.at++] !== 0) throw new Error('snip: an import that is no function')
    reader.number()
  }
  return count
}

function functionNames(all) {
  for (const { id, body } of all) {
    const reader = new Reader(body)
    if (id !== CUSTOM || reader.text() !== 'name') continue
    while (reader.at < body.length) {
      const kind = body[reader.at++]
      const part = new Reader(reader.slice(reader.number()))
      if (kind !== 1) continue
      return new Map(Array.from({ length: part.number() }, () => [part.number(), part.text()]))
    }
  }
  throw new Error('snip: the wasm names no functions')
}

// Answers the wasm with the bodies of all functions emptied whose name has the pattern.
export function snip(wasm, pattern) {
  const all = sections(wasm)
  const names = functionNames(all)
  const first = importedFunctions(all)
  let emptied = 0
  const written = all.flatMap(({ id, body }) => {
    let content = body
    if (id === CODE) {
      const reader = new Reader(body)
      const count = reader.number()
      const bodies = [number(count)]
      for (let index = 0; index < count; index++) {
        const code = reader.slice(reader.number())
        const empty = code.length > SHORT_BYTES && pattern.test(names.get(first + index) ?? '')
        if (empty) emptied++
        bodies.push(...(empty ? [EMPTY] : [number(code.length), code]))
      }
      content = Buffer.concat(bodies)
    }
    return [Buffer.from([id]), number(content.length), content]
  })
  if (emptied === 0) throw new Error(`snip: no function is called ${pattern}`)
  return Buffer.concat([wasm.subarray(0, 8), ...written])
}
