// Keeps the number of waiting memos in the header fresh, on every page. Browsers allow a house few open connections, so all windows
// share one stream in a worker; a browser without shared workers has a stream for each window. Without this the number is as new as
// the page.

// Closed in itself: a page's own script has names of its own.
(() => {
  const badge = document.getElementById('n-memos')

  function show({ open, urgent }) {
    const count = badge.querySelector('[data-count]')
    const before = Number(count.textContent)
    if (before === open && badge.classList.contains('n-memos-link--urgent') === urgent > 0) return
    count.textContent = open
    count.parentElement.hidden = open === 0
    badge.classList.toggle('n-memos-link--urgent', urgent > 0)
    // A page that lists them looks anew.
    dispatchEvent(new Event('memos'))
    const voice = document.getElementById('n-announcer')
    if (open > before && voice) voice.textContent = badge.dataset.news
  }

  function shared() {
    const worker = new SharedWorker('/pages/memos-worker.js', { type: 'module' })
    worker.onerror = alone
    worker.port.onmessage = ({ data }) => show(data)
    const here = () => worker.port.postMessage({ who: badge.dataset.who })
    here()
    addEventListener('pageshow', ({ persisted }) => persisted && here())
    addEventListener('pagehide', () => worker.port.postMessage({ gone: true }))
  }

  async function alone() {
    const { follow } = await import('/pages/memos-stream.js')
    follow(show)
  }

  if (badge) globalThis.SharedWorker ? shared() : alone()
})()
