// The usual day: take what is proposed, change one's mind, come to the seat.

import assert from 'node:assert/strict'
import { NOW, TODAY, UCHIDA } from '../support/house.mjs'
import { journey } from '../support/journey.mjs'
import { button, done, undo } from '../support/page.mjs'

journey('book the proposal and undo it', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  await signIn(UCHIDA)
  await goto('/')
  const proposal = page.locator('.n-proposal')
  const label = await proposal.locator('.n-seat b').innerText()
  assert.ok((await proposal.locator('.n-why li').count()) >= 1, 'the proposal gives no reason')
  await button(proposal, 'booking/reserve').click()
  await done(page)
  const booked = await house.bookings(UCHIDA)
  assert.deepEqual(booked.map(({ seat_label }) => seat_label), [label])

  await undo(page)
  await done(page, /元に戻しました/)
  assert.deepEqual(await house.bookings(UCHIDA), [])
})

journey('cancel and take it back', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  const { seats } = await house.freeSeats(TODAY)
  const booking = await house.book(UCHIDA, seats[0].id, TODAY)
  await signIn(UCHIDA)
  await goto('/')
  await button(page.locator('main'), 'booking/cancel').first().click()
  await done(page, /取り消しました/)
  assert.deepEqual(await house.bookings(UCHIDA), [])
  await undo(page)
  await done(page, /元に戻しました/)
  assert.deepEqual((await house.bookings(UCHIDA)).map(({ seat_label, slots }) => [seat_label, slots]), [[booking.seat_label, booking.slots]])
})

journey('check in, and undo a slip of the finger', async ({ page, goto, signIn, house }) => {
  assert.match(NOW, /T08:20/, 'the check-in window is open at this hour')
  await house.clear(UCHIDA)
  const { seats } = await house.freeSeats(TODAY)
  await house.book(UCHIDA, seats[0].id, TODAY)
  await signIn(UCHIDA)
  await goto('/')
  await button(page.locator('main'), 'booking/check-in').first().click()
  await done(page, /着席しました/)
  assert.equal((await house.bookings(UCHIDA))[0].state, 'checked_in')
  await undo(page)
  await done(page, /元に戻しました/)
  assert.equal((await house.bookings(UCHIDA))[0].state, 'booked')
  await button(page.locator('main'), 'booking/check-in').first().click()
  await done(page, /着席しました/)
  await button(page.locator('main'), 'booking/leave').first().click()
  await done(page, /退席しました/)
})

journey('an expired session in the middle of a form loses nothing', async ({ page, goto, signIn, house, context, scripted }) => {
  await house.clear(UCHIDA)
  await signIn(UCHIDA)
  await goto('/')
  await context.clearCookies()
  await button(page.locator('.n-proposal'), 'booking/reserve').click()
  if (scripted) await page.locator('.n-note--error a[href^="/sign-in"]').waitFor()
  else await page.waitForURL(/demo|sign-in|__err/)
  assert.deepEqual(await house.bookings(UCHIDA), [])
}, { modes: ['hydrated', 'no JavaScript'] })

journey('sit down now without a booking', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  const { floor, seats } = await house.freeSeats(TODAY)
  await signIn(UCHIDA)
  await goto(`/floors/${floor}?date=${TODAY}&seat=${seats[0].id}#panel`)
  await button(page.locator('#panel'), 'booking/sit-now').click()
  await done(page, /着席しました/)
  assert.equal((await house.bookings(UCHIDA))[0].state, 'checked_in')
})
