// The telephone pages: whoever answers a call finds a colleague and calls, by keyboard alone, and sees who has just come.

import assert from 'node:assert/strict'
import { KOBAYASHI, NOW, SAITO, TODAY, TOMORROW, UCHIDA, startHouse } from '../support/house.mjs'
import { journey, signIn as signInAs } from '../support/journey.mjs'
import { button, done, floorAt, refused, undo } from '../support/page.mjs'

const row = (page, { name }) => page.locator('.n-book__row', { hasText: name })

// Calls are counted instead of made.
const count = (page) => page.evaluate(() => {
  globalThis.called = []
  addEventListener('click', (event) => {
    const call = event.target.closest('a[href^="tel:"]')
    if (!call) return
    event.preventDefault()
    globalThis.called.push(call.getAttribute('href'))
  }, true)
})

journey('the phone book finds people, sections and the main number', async ({ page, goto, signIn, house, scripted }) => {
  await house.clear(UCHIDA)
  await signIn(KOBAYASHI)
  await goto('/')
  await page.locator('.n-nav a[href="/telephone"]').click()
  await page.waitForURL((url) => url.pathname === '/telephone')
  await page.locator('.n-book__row', { hasText: '代表' }).locator('a[href="tel:3000"]').waitFor()
  for (const known of ['内田', 'うちだ', UCHIDA.kana, UCHIDA.romaji, UCHIDA.no, UCHIDA.extension]) {
    await page.locator('#book-q').fill(known)
    if (!scripted) await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('q') === known)
    await row(page, UCHIDA).locator(`a[href="tel:${UCHIDA.extension}"]`).waitFor()
  }
  await goto('/telephone?q=zzzz')
  await page.locator('#book-count', { hasText: 'zzzz' }).waitFor()
  assert.equal(await page.locator('#book-q').inputValue(), 'zzzz', 'what was typed is still there')
})

journey('a softphone gets addresses that it takes', async ({ page, goto, signIn, house }) => {
  await signIn(KOBAYASHI)
  await goto('/telephone')
  await page.locator('.n-book__row', { hasText: '代表' }).locator('a[href="sip:3000@pbx.city.example.jp"]').waitFor()
  await goto(`/people?q=${UCHIDA.no}`)
  await page.locator(`a[href="sip:${UCHIDA.extension}@pbx.city.example.jp"]`).waitFor()
  // The page asks again by itself, and draws what it is told.
  await page.locator('input[name="q"]').fill(KOBAYASHI.no)
  await page.keyboard.press('Enter')
  await page.locator('.n-person', { hasText: KOBAYASHI.name }).locator('a[href^="sip:"]').waitFor()
  const { floor, seats } = await house.freeSeats(TOMORROW)
  await house.book(UCHIDA, seats[0].id, TOMORROW)
  await goto(floorAt(floor, TOMORROW, `&view=map&seat=${seats[0].id}`))
  await page.locator('#panel').locator(`a[href="sip:${UCHIDA.extension}@pbx.city.example.jp"]`, { hasText: `内線 ${UCHIDA.extension}` }).first().waitFor()
}, { modes: ['hydrated'], start: () => startHouse(['demo', '--now', NOW, '--call-links', 'sip:pbx.city.example.jp']) })

journey('reception finds and calls by keyboard', async ({ page, goto, signIn }) => {
  await signIn(KOBAYASHI)
  await goto('/telephone')
  await count(page)
  assert.equal(await page.evaluate(() => document.activeElement.id), 'book-q', 'the search has the focus')
  const began = Date.now()
  await page.keyboard.type('うちだ')
  await row(page, UCHIDA).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.ok(Date.now() - began < 3_000, `${Date.now() - began} ms`)
  assert.deepEqual(await page.evaluate(() => globalThis.called), [`tel:${UCHIDA.extension}`])
  await page.keyboard.press('Escape')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'book-q')

  // Enter alone brings the results and goes to the first.
  await page.keyboard.type(KOBAYASHI.no)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement.matches('[data-call]'))
  await page.keyboard.press('Enter')
  assert.equal((await page.evaluate(() => globalThis.called)).length, 2)
}, { modes: ['hydrated'] })

journey('a check-in in another window shows at once and disturbs nobody', async ({ page, goto, signIn, house, open }) => {
  await house.clear(UCHIDA)
  const { seats } = await house.freeSeats(TODAY)
  await house.book(UCHIDA, seats[0].id, TODAY)
  const other = await open({}, 'no JavaScript')
  await signInAs(other, UCHIDA)
  await other.goto('/')

  await signIn(KOBAYASHI)
  await goto('/telephone')
  await page.locator('#book-q').pressSequentially(UCHIDA.romaji)
  await row(page, UCHIDA).waitFor()
  assert.equal(await row(page, UCHIDA).locator('.n-person__seat').count(), 0, 'nobody has come yet')
  await page.locator('#book-q').press('ArrowLeft')
  const caret = await page.evaluate(() => document.activeElement.selectionStart)

  await button(other.page.locator('main'), 'booking/check-in').click()
  const began = Date.now()
  await row(page, UCHIDA).locator('.n-person__seat', { hasText: seats[0].label }).waitFor({ timeout: 3_000 })
  assert.ok(Date.now() - began < 1_500, `${Date.now() - began} ms`)
  assert.equal(await page.locator('#book-q').inputValue(), UCHIDA.romaji)
  assert.deepEqual(await page.evaluate(() => [document.activeElement.id, document.activeElement.selectionStart]), ['book-q', caret])

  // The focus stays on a row that is exchanged.
  await page.keyboard.press('ArrowDown')
  await other.goto('/')
  await button(other.page.locator('main'), 'booking/leave').first().click()
  await row(page, UCHIDA).locator('.n-person__seat').waitFor({ state: 'detached' })
  assert.ok(await page.evaluate(() => document.activeElement.matches('[data-call]')), 'the row lost the focus')
}, { modes: ['hydrated'] })

journey('my phone says who rings, and every change can be undone', async ({ page, goto, signIn, house }) => {
  await signIn(UCHIDA)
  await goto('/telephone/me')
  const calls = page.locator('#me-calls')
  assert.match(await calls.innerText(), new RegExp(UCHIDA.extension))
  await page.locator('#presence-until').fill('11:30')
  await page.locator('button[name=state][value=meeting]').click()
  await done(page, /会議中/)
  await page.locator('#me-presence .n-state-now', { hasText: '11:30' }).waitFor()
  await calls.locator('.n-told', { hasText: '会議中(11:30まで)' }).first().waitFor()
  await undo(page)
  await done(page, /元に戻しました/)
  await page.locator('button[name=state][value=available][aria-pressed=true]').waitFor()

  // A time that is past is refused, and stays in its field.
  await page.locator('#presence-until').fill('07:00')
  await page.locator('button[name=state][value=dnd]').click()
  assert.match(await (await refused(page)).innerText(), /過ぎています/)
  assert.equal(await page.locator('#presence-until').inputValue(), '07:00')

  const give = button(page, 'telephone/delegate')
  await page.locator('#delegate-to').fill('zzzz')
  await give.click()
  await refused(page)
  assert.equal(await page.locator('#delegate-to').inputValue(), 'zzzz')
  await page.locator('#delegate-to').fill(KOBAYASHI.no)
  await page.locator('input[name=scope][value=outside]').check()
  await give.click()
  await done(page, new RegExp(KOBAYASHI.name))
  await page.locator('.n-given', { hasText: KOBAYASHI.name }).waitFor()
  await button(page.locator('.n-given'), 'telephone/take-back').click()
  await done(page)
  await undo(page)
  await page.locator('.n-given', { hasText: KOBAYASHI.name }).waitFor()

  await page.locator('#ring-s').selectOption('20')
  await page.locator('input[name=listed]').uncheck()
  await button(page, 'telephone/settings').click()
  await done(page)
  assert.equal(await page.locator('#ring-s').inputValue(), '20')
  await goto(`/telephone?q=${UCHIDA.no}`)
  assert.equal(await row(page, UCHIDA).count(), 0, 'not listed')
})

journey('the house shows its mode, and anybody may take it back', async ({ page, goto, signIn, open, mode }) => {
  await signIn(UCHIDA)
  await goto('/telephone/mode')
  await page.locator('button[name=mode][value=disaster]').click()
  await done(page, /災害モード/)
  await page.locator('.n-mode__now', { hasText: '災害モード' }).waitFor()

  const other = await open({}, mode)
  await signInAs(other, KOBAYASHI)
  await other.goto('/')
  await other.page.locator('a[href="/telephone/mode"]', { hasText: `災害モード — ${UCHIDA.name}` }).click()
  await other.page.waitForURL((url) => url.pathname === '/telephone/mode')
  await other.page.locator('.n-mode form button').click()
  await other.page.locator('.n-mode__now', { hasNotText: '災害モード' }).waitFor()
  await other.goto('/')
  assert.equal(await other.page.locator('main', { hasText: '災害モード' }).count(), 0)
})

journey('calls are tried by administrators only', async ({ page, goto, signIn }) => {
  await signIn(UCHIDA)
  await goto('/telephone/simulate?to=2109')
  assert.equal(await page.locator('#outcome').count(), 0)
  assert.equal(await page.locator('.n-ways a[href="/telephone/simulate"]').count(), 0)
}, { modes: ['no JavaScript'] })

journey('an administrator tries a call and reads why', async ({ page, goto, signIn }) => {
  await signIn(SAITO)
  await goto(`/telephone?q=${UCHIDA.no}`)
  await row(page, UCHIDA).locator('a[href^="/telephone/simulate"]').click()
  await page.locator('#outcome', { hasText: UCHIDA.extension }).waitFor()
  await page.locator('#sim-to').fill('3000')
  await page.locator('#sim-at').fill('22:00')
  await page.locator('form.n-simulate button').click()
  await page.locator('#outcome', { hasText: '時間外' }).waitFor()
  assert.equal(await page.locator('#sim-at').inputValue(), '22:00')
  await page.locator('.n-ways a[href="/telephone/repair"]').click()
  await page.locator('main .n-empty, main .n-trouble').first().waitFor()
})
