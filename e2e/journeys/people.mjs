// Finding a person: by whatever one knows, to the place on the map.

import assert from 'node:assert/strict'
import { TODAY, KOBAYASHI, UCHIDA } from '../support/house.mjs'
import { journey, signIn as signInAs } from '../support/journey.mjs'

journey('find a person by name, reading, romaji, number and extension', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  const { seats } = await house.freeSeats(TODAY)
  await house.book(UCHIDA, seats[0].id, TODAY)
  await signIn(KOBAYASHI)
  await goto('/people')
  for (const known of ['内田', 'うちだ', UCHIDA.kana, UCHIDA.romaji, UCHIDA.no, UCHIDA.extension]) {
    await page.locator('#people-q').fill(known)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.searchParams.get('q') === known)
    await page.locator('.n-person', { hasText: UCHIDA.name }).waitFor()
  }
  const place = page.locator('.n-person', { hasText: UCHIDA.name }).locator('.n-person__seat')
  assert.match(await place.innerText(), new RegExp(seats[0].label))
  await place.click()
  await page.waitForURL((url) => url.searchParams.get('seat') === String(seats[0].id))
  await page.locator('#panel', { hasText: UCHIDA.name }).waitFor()
})

journey('a look-up leaves a trace that the person sees, and visibility is the person\'s choice', async ({ page, goto, signIn, house, open, mode }) => {
  await house.clear(UCHIDA)
  const other = await open({}, mode)
  await signInAs(other, KOBAYASHI)
  await other.goto(`/people?q=${UCHIDA.no}`)
  await other.page.locator('.n-person', { hasText: UCHIDA.name }).waitFor()

  await signIn(UCHIDA)
  await goto('/account')
  await page.locator('.n-rows--low', { hasText: KOBAYASHI.name }).waitFor()
  await page.locator('input[name=visibility][value=unit]').check()
  await page.locator('form[action$="/account/visibility"] button').click()
  await page.locator('.n-note--done').waitFor()
  await goto('/account')
  assert.ok(await page.locator('input[name=visibility][value=unit]').isChecked())
}, { modes: ['hydrated', 'no JavaScript'] })
