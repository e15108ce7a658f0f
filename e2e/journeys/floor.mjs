// The floor: by keyboard alone, by the list, in two taps, against somebody faster, and with somebody watching.

import assert from 'node:assert/strict'
import { KOBAYASHI, TOMORROW, UCHIDA } from '../support/house.mjs'
import { journey } from '../support/journey.mjs'
import { button, done, floorAt, refused, tabTo, undo } from '../support/page.mjs'

journey('book on the map by keyboard only', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  const { floor } = await house.freeSeats(TOMORROW)
  await signIn(UCHIDA)
  await goto(floorAt(floor, TOMORROW))
  let presses = await tabTo(page, () => document.activeElement?.closest('#plan') !== null)
  const tone = () => page.evaluate(() => document.activeElement.dataset.tone)
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'End', 'PageDown', 'ArrowRight', 'PageDown', 'ArrowRight']) {
    if ((await tone()) === 'free') break
    await page.keyboard.press(key)
    presses++
  }
  assert.equal(await tone(), 'free', 'no free seat was reached by arrows')
  const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label'))
  assert.match(name, /空席/)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.closest('#panel'))
  presses += 1 + (await tabTo(page, () => document.activeElement?.closest('form[action$="booking/reserve"]') !== null))
  await page.keyboard.press('Enter')
  presses++
  await done(page)
  assert.equal((await house.bookings(UCHIDA)).length, 1)
  assert.ok(presses <= 40, `${presses} keystrokes`)
}, { modes: ['hydrated'] })

journey('book from the list', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  const { floor } = await house.freeSeats(TOMORROW)
  await signIn(UCHIDA)
  await goto(floorAt(floor, TOMORROW, '&view=list'))
  const take = page.locator('#list button.fl-take').first()
  const seat = Number(await take.getAttribute('value'))
  await take.click()
  await done(page)
  assert.deepEqual((await house.bookings(UCHIDA)).map(({ seat_id }) => seat_id), [seat])
})

journey('change the seat in two taps, and back', async ({ page, goto, signIn, house, mode }) => {
  await house.clear(UCHIDA)
  const { floor, seats } = await house.freeSeats(TOMORROW)
  await house.book(UCHIDA, seats[0].id, TOMORROW)
  await signIn(UCHIDA)
  await goto(floorAt(floor, TOMORROW, '&view=map'))
  const other = page.locator(`#plan a[data-seat="${seats[1].id}"]`)
  await other.scrollIntoViewIfNeeded()
  await (mode === 'phone' ? other.tap() : other.click())
  await button(page.locator('#panel'), 'booking/reserve').click()
  await done(page)
  assert.deepEqual((await house.bookings(UCHIDA)).map(({ seat_id }) => seat_id), [seats[1].id])
  await undo(page)
  await done(page, /元に戻しました/)
  assert.deepEqual((await house.bookings(UCHIDA)).map(({ seat_id }) => seat_id), [seats[0].id], 'the old seat is back')
})

journey('somebody was faster: the refusal says so and offers others', async ({ page, goto, signIn, house, scripted }) => {
  await house.clear(UCHIDA, KOBAYASHI)
  const { floor, seats } = await house.freeSeats(TOMORROW)
  await signIn(UCHIDA)
  await goto(floorAt(floor, TOMORROW, `&view=map&seat=${seats[0].id}`))
  // The page would learn of it by itself; a person who paused it does not.
  if (scripted) await page.locator('.fl-live__pause').click()
  await house.book(KOBAYASHI, seats[0].id, TOMORROW)
  await button(page.locator('#panel'), 'booking/reserve').click()
  const note = await refused(page)
  const offers = note.locator('.n-offers button')
  assert.equal(await offers.count(), 3)
  assert.deepEqual(await house.bookings(UCHIDA), [])
  const label = (await offers.first().innerText()).match(/\S+/)[0]
  await offers.first().click()
  await done(page)
  assert.deepEqual((await house.bookings(UCHIDA)).map(({ seat_label }) => seat_label), [label])
})

journey('another browser sees it within a second and keeps its place', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA, KOBAYASHI)
  const { floor, seats } = await house.freeSeats(TOMORROW)
  await signIn(KOBAYASHI)
  await goto(floorAt(floor, TOMORROW, '&view=map'))
  const watched = seats.at(-1)
  await tabTo(page, () => document.activeElement?.closest('#plan') !== null)
  await page.keyboard.press('ArrowRight')
  const place = () => page.evaluate(() => ({ seat: document.activeElement?.dataset.seat, top: scrollY, left: document.querySelector('.fl-map__scroll')?.scrollLeft }))
  const before = await place()
  assert.ok(before.seat, 'the focus is on a seat')
  const toneIs = ([seat, tone]) => document.querySelector(`#plan a[data-seat="${seat}"]`).dataset.tone === tone
  assert.ok(await page.evaluate(toneIs, [watched.id, 'free']))

  await house.book(UCHIDA, watched.id, TOMORROW)
  const began = Date.now()
  await page.waitForFunction(toneIs, [watched.id, 'booked'], { timeout: 5_000, polling: 20 })
  const took = Date.now() - began
  // A second is the goal; a test machine that does other things besides is no reason to fail.
  console.log(`# the other browser saw it after ${took} ms`)
  assert.deepEqual(await place(), before)
}, { modes: ['hydrated', 'phone'] })

journey('a pause holds the picture until it is taken back', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA, KOBAYASHI)
  const { floor, seats } = await house.freeSeats(TOMORROW)
  await signIn(KOBAYASHI)
  await goto(floorAt(floor, TOMORROW, '&view=map'))
  const seat = page.locator(`#plan a[data-seat="${seats.at(-1).id}"]`)
  const pause = page.locator('.fl-live__pause')
  await pause.click()
  await house.book(UCHIDA, seats.at(-1).id, TOMORROW)
  await page.waitForTimeout(1_500)
  assert.equal(await seat.getAttribute('data-tone'), 'free', 'it changed although it was paused')
  await pause.click()
  await page.locator(`#plan a[data-seat="${seats.at(-1).id}"][data-tone="booked"]`).waitFor()
}, { modes: ['hydrated'] })

journey('a lost connection is said, and so is its end', async ({ page, goto, signIn, house, expectTrouble }) => {
  const { floor } = await house.freeSeats(TOMORROW)
  await signIn(KOBAYASHI)
  expectTrouble(/ERR_FAILED/)
  await page.route('**/live/**', (route) => route.abort())
  await goto(floorAt(floor, TOMORROW))
  const lost = page.locator('.fl-live__lost')
  assert.equal(await lost.innerText(), '')
  await page.waitForFunction(() => document.querySelector('.fl-live__lost').textContent !== '', null, { timeout: 20_000 })
  assert.match(await lost.innerText(), /[ぁ-ん]/)
  await page.unroute('**/live/**')
  await page.waitForFunction(() => document.querySelector('.fl-live__lost').textContent === '', null, { timeout: 20_000 })
}, { modes: ['hydrated'] })
