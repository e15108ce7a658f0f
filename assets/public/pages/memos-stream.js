// Hears that memos changed and asks how many wait. Nothing of a memo travels in the stream.

const RETRY = 10_000

export function follow(tell) {
  let source
  let ended = false

  async function count() {
    try {
      const answer = await fetch('/api/fn/memo/waiting', { headers: { accept: 'application/json' } })
      if (answer.ok) tell(await answer.json())
    } catch {
      // The stream comes back and asks again.
    }
  }

  function listen() {
    if (ended) return
    source = new EventSource('/live/memos')
    // What came before the stream was there is asked for once it is.
    source.addEventListener('open', count)
    source.addEventListener('changed', count)
    source.addEventListener('resync', count)
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY)
    })
  }

  listen()
  return {
    ask: count,
    closed: () => source.readyState === EventSource.CLOSED,
    end() {
      ended = true
      source.close()
    },
  }
}
