// What journeys do again and again on a page.

import assert from 'node:assert/strict'

// The button of the form that posts to a server function.
export const button = (within, action) => within.locator(`form[action$="/api/fn/${action}"] button[type=submit]`)

// The notice of what was done, once it is there.
export async function done(page, words = /./) {
  await page.locator('.n-note--done', { hasText: words }).waitFor()
}

export const undo = (page) => page.locator('.n-note__undo button').click()

export async function refused(page) {
  const note = page.locator('.n-note--error')
  await note.waitFor()
  return note
}

// Presses Tab until the focused element satisfies the test; answers how many times it took.
export async function tabTo(page, isThere, most = 60) {
  for (let presses = 1; presses <= most; presses++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(isThere)) return presses
  }
  return assert.fail(`not reached with ${most} Tabs; the focus is on ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))}`)
}

export const floorAt = (floor, date, more = '') => `/floors/${floor}?date=${date}&slots=am.pm${more}`
