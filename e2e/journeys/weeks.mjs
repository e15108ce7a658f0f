// Beyond one day: several days at once, a recurring wish, a span taken back.

import assert from 'node:assert/strict'
import { UCHIDA } from '../support/house.mjs'
import { journey } from '../support/journey.mjs'
import { button, done, undo } from '../support/page.mjs'

const NEXT_WEEK = ['2026-11-30', '2026-12-01', '2026-12-03']

const unfold = (page, action) => page.locator('details', { has: page.locator(`form[action$="/api/fn/${action}"]`) }).locator('summary').click()

journey('several days at once, and back', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  await signIn(UCHIDA)
  await goto('/bookings?from=2026-11-30')
  await unfold(page, 'booking/reserve-days')
  const form = page.locator('form[action$="/booking/reserve-days"]')
  for (const day of NEXT_WEEK) await form.locator(`input[value="${day}"]`).check()
  await button(page, 'booking/reserve-days').click()
  await done(page)
  assert.deepEqual((await house.bookings(UCHIDA)).map(({ date }) => date).sort(), NEXT_WEEK)
  await undo(page)
  await done(page, /元に戻しました/)
  assert.deepEqual(await house.bookings(UCHIDA), [])
})

journey('a recurring wish, and its end', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  await signIn(UCHIDA)
  await goto('/bookings')
  await unfold(page, 'booking/repeat')
  const form = page.locator('form[action$="/booking/repeat"]')
  await form.locator('input[name="weekdays[]"][value="2"]').check()
  await button(page, 'booking/repeat').click()
  await done(page)
  const booked = await house.bookings(UCHIDA)
  assert.ok(booked.length >= 3, `${booked.length} Wednesdays`)
  assert.deepEqual([...new Set(booked.map(({ date }) => new Date(date).getUTCDay()))], [3])
  await goto('/bookings')
  await unfold(page, 'booking/repeat-end')
  await page.locator('form[action$="/booking/repeat-end"] button[value=cancel]').click()
  await done(page)
  assert.deepEqual(await house.bookings(UCHIDA), [])
}, { modes: ['hydrated', 'no JavaScript'] })

journey('a span is taken back at once', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  for (const day of NEXT_WEEK) {
    const { seats } = await house.freeSeats(day)
    await house.book(UCHIDA, seats[0].id, day)
  }
  await signIn(UCHIDA)
  await goto('/bookings?from=2026-11-30')
  await unfold(page, 'booking/cancel-range')
  await page.locator('#range-from').fill('2026-11-30')
  await page.locator('#range-last').fill('2026-12-02')
  await button(page, 'booking/cancel-range').click()
  await done(page)
  assert.deepEqual((await house.bookings(UCHIDA)).map(({ date }) => date), ['2026-12-03'])
})
