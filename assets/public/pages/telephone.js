// Keeps the pages of the telephones fresh: they come whole from the server, and this asks the server for the same page again and
// exchanges what changed. Nothing here knows what a page says; without it every page works as a plain form.
//
//   [data-live="/live/…"]  tells of changes; its [data-part] elements are exchanged, their [data-key] children one by one
//   form[data-book]        results follow the typing; arrow keys go through them and Enter calls

const live = document.querySelector('[data-live]')
const book = document.querySelector('form[data-book]')
const field = book?.querySelector('input[type=search]')

// --- exchanging what changed ------------------------------------------------------------------------------------------

// What had the focus is found again by where it stood: its row, and where it leads or its place among what can be focused.
const FOCUSABLE = 'a[href], button, input, select, summary'

function remember() {
  const held = document.activeElement
  const row = held?.closest('[data-part] [data-key]') ?? held?.closest('[data-part]')
  if (!row) return () => {}
  const key = row.dataset.key
  const part = row.closest('[data-part]').id
  const place = [...row.querySelectorAll(FOCUSABLE)].indexOf(held)
  const href = held.getAttribute('href')
  return () => {
    if (held.isConnected) return
    const home = document.getElementById(part)
    const again = key ? home?.querySelector(`[data-key="${CSS.escape(key)}"]`) : home
    const same = href && again?.querySelector(`[href="${CSS.escape(href)}"]`)
    const next = same ?? again?.querySelectorAll(FOCUSABLE)[place] ?? field
    next?.focus({ preventScroll: true })
  }
}

function exchange(part, fresh) {
  if (part.innerHTML === fresh.innerHTML) return
  const known = new Map([...part.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]))
  const keyed = known.size > 0 || fresh.querySelector(':scope > [data-key]')
  if (!keyed) return void part.replaceChildren(...fresh.childNodes)
  // Rows that stayed the same stay the same nodes: focus, a selection and the place on the page are kept.
  const rows = [...fresh.children].map((row) => {
    const old = known.get(row.dataset.key)
    return old?.outerHTML === row.outerHTML ? old : row
  })
  for (const child of [...part.childNodes]) if (!rows.includes(child)) child.remove()
  rows.forEach((row, at) => {
    if (part.childNodes[at] !== row) part.insertBefore(row, part.childNodes[at] ?? null)
  })
}

// Something is being filled in, or was opened to be: a form that changes under the hand loses what was typed.
const busy = (part) => part.querySelector('details[open]') || [...part.querySelectorAll('input, select')].some((input) => input.matches(':focus') || input.dataset.touched)
addEventListener('input', ({ target }) => { if (target !== field) target.dataset.touched = '1' })

function show(page) {
  const refocus = remember()
  for (const part of document.querySelectorAll('[data-part]')) {
    const fresh = page.getElementById(part.id)
    if (fresh && !busy(part)) exchange(part, fresh)
  }
  refocus()
}

let asked = 0
let stop

async function ask(address = location.href) {
  const turn = ++asked
  stop?.abort()
  stop = new AbortController()
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' }, signal: stop.signal })
    // Signed out meanwhile: the answer is another page.
    if (answer.redirected) return location.reload()
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (turn < asked) return
    show(page)
  } catch (error) {
    if (error.name !== 'AbortError') setTimeout(() => turn === asked && ask(), 3000)
  }
}

// --- hearing of changes -----------------------------------------------------------------------------------------------

const PAUSE = 400
let last = 0
let waiting

// The first change is shown at once, those that follow closely together.
function changed() {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    last = Date.now()
    ask(address())
  }, Math.max(0, last + PAUSE - Date.now()))
}

function listen() {
  const source = new EventSource(live.dataset.live)
  for (const event of ['changed', 'resync']) source.addEventListener(event, changed)
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 10_000)
  })
}

if (live) {
  listen()
  // Meetings end and the evening begins without anybody telling.
  setInterval(() => document.hidden || changed(), 30_000)
  document.addEventListener('visibilitychange', () => document.hidden || changed())
  addEventListener('memos', () => live.dataset.live === '/live/memos' && changed())
}

// --- the book ---------------------------------------------------------------------------------------------------------

function address() {
  if (!book) return location.href
  const here = new URL(location.href)
  if (field.value.trim()) here.searchParams.set('q', field.value)
  else here.searchParams.delete('q')
  return here.href
}

const calls = () => [...document.querySelectorAll('[data-key]')].map((row) => row.querySelector('[data-call]')).filter(Boolean)

function step(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  const rows = calls()
  const row = document.activeElement.closest('[data-key]')
  const at = row ? rows.findIndex((call) => row.contains(call)) : -1
  const inside = at >= 0 || document.activeElement === field
  if (!inside) return
  const go = { ArrowDown: rows[at + 1], ArrowUp: at > 0 ? rows[at - 1] : field, Escape: at >= 0 && field, Home: at >= 0 && rows[0], End: at >= 0 && rows.at(-1) }[event.key]
  if (!go) return
  event.preventDefault()
  go.focus()
  if (go === field) field.select()
}

if (book) {
  let typing
  field.addEventListener('input', () => {
    clearTimeout(typing)
    typing = setTimeout(() => {
      history.replaceState(null, '', address())
      ask(address())
    }, 60)
  })
  // Enter brings the results at once and goes to the first; Enter there calls.
  book.addEventListener('submit', async (event) => {
    event.preventDefault()
    clearTimeout(typing)
    history.replaceState(null, '', address())
    await ask(address())
    if (document.activeElement === field || book.contains(document.activeElement)) calls()[0]?.focus()
  })
  document.addEventListener('keydown', step)
  // The caret belongs behind what an earlier search left in the field.
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
}

// --- where one is ---------------------------------------------------------------------------------------------------------

// On a phone the bar of pages is wider than the window.
for (const here of document.querySelectorAll('.n-ways [aria-current]')) {
  const bar = here.closest('ul')
  const [inner, outer] = [here, bar].map((element) => element.getBoundingClientRect())
  bar.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2
}
