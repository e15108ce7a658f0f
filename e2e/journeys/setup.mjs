// The set-up of the telephones: what April 1st changes, a head's own section changed with a preview and undone, numbers from a day on.

import assert from 'node:assert/strict'
import { accessible } from '../support/browser.mjs'
import { MATSUMOTO, SAITO, UCHIDA } from '../support/house.mjs'
import { journey, signIn as signInAs } from '../support/journey.mjs'
import { button, done, undo } from '../support/page.mjs'

// 松本 heads 市民課; its key in the sample's telephone file.
const OWN = 'u2010'

const section = async (house, key) => (await house.api('GET', '/telephone')).body.sections.find((row) => row.key === key)

journey('a head changes their own section after a preview, and undoes it', async ({ page, goto, signIn, house, scripted }) => {
  const before = await section(house, OWN)
  await signIn(MATSUMOTO)
  await goto('/telephone')
  await page.locator('.n-ways a[href="/telephone/setup"]').click()
  await page.waitForURL((url) => url.pathname === '/telephone/setup')
  const rows = page.locator('.n-rows > li')
  assert.equal(await rows.count(), 1, 'one section, their own')
  await rows.locator('a').click()
  await page.locator('form.n-setup').waitFor()
  if (scripted) await accessible(page)
  await page.locator('#f-ring').selectOption('sequential')
  await page.locator('#f-tasks').fill('住民票\nパスポート')
  await page.locator('#f-h0_days').selectOption('open_days')
  await page.locator('#f-h0_open').fill('08:30')
  await page.locator('#f-h0_close').fill('17:00')
  await page.locator('form.n-setup button:not([name])').click()
  const preview = page.locator('#preview')
  await preview.waitFor()
  await preview.locator('.n-changed', { hasText: 'いつも同じ順に' }).waitFor()
  assert.match(await preview.locator('.n-differs').first().innerText(), /いままで[\s\S]*これから/)
  assert.deepEqual(await section(house, OWN), before, 'looking stores nothing')
  if (scripted) await accessible(page)

  await button(page, 'telephone/edit').click()
  await done(page, /保存しました/)
  assert.equal((await section(house, OWN)).ring, 'sequential')
  await goto(`/telephone?q=${encodeURIComponent('パスポート')}`)
  await page.locator('.n-book__row', { hasText: '市民課' }).first().waitFor()

  await page.locator('.n-ways a[href="/telephone/history"]').click()
  await page.locator('.n-rows a').first().click()
  await page.locator('.n-changed').first().waitFor()
  if (scripted) await accessible(page)
  await page.locator('a[href*="back=one"]').click()
  await page.locator('#preview .n-differs').first().waitFor()
  await button(page, 'telephone/undo').click()
  await done(page, /保存しました/)
  assert.deepEqual(await section(house, OWN), before, 'everything is as it was')
})

journey('what cannot be stored says why and keeps what was typed', async ({ page, goto, signIn, house, open, mode }) => {
  await signIn(MATSUMOTO)
  await goto(`/telephone/edit?part=section&key=${OWN}`)
  await page.locator('#f-roster').fill('10150 77777')
  await page.locator('form.n-setup button:not([name])').click()
  await page.locator('#preview .n-note--error', { hasText: '「災害当番」: 「77777」' }).waitFor()
  assert.equal(await page.locator('#f-roster').inputValue(), '10150 77777')

  // Somebody else is faster.
  await page.locator('#f-roster').fill('10150')
  await page.locator('#f-name').fill('市民窓口課')
  await page.locator('form.n-setup button:not([name])').click()
  await button(page, 'telephone/edit').waitFor()
  const other = await open({}, mode)
  await signInAs(other, SAITO)
  await other.goto(`/telephone/edit?part=section&key=${OWN}`)
  await other.page.locator('#f-ring_s').fill('25')
  await other.page.locator('form.n-setup button[type=submit]:not([name])').click()
  await button(other.page, 'telephone/edit').click()
  await done(other.page, /保存しました/)
  await button(page, 'telephone/edit').click()
  await page.locator('#preview .n-note--error', { hasText: 'ほかの人が変えました' }).waitFor()
  assert.equal(await page.locator('#f-name').inputValue(), '市民窓口課', 'what was typed is still there')
  assert.equal((await section(house, OWN)).name, '市民課')

  // A section of somebody else is not there for them.
  assert.equal((await goto('/telephone/edit?part=section&key=u1010')).status(), 404)
}, { modes: ['hydrated', 'no JavaScript'] })

journey('an administrator sees what April 1st changes before it comes', async ({ page, goto, signIn, scripted }) => {
  // 会計年度任用職員 end with March: from April 1st on 内田 belongs to no section, and 総務課 rings without her.
  await signIn(SAITO)
  await goto('/telephone/simulate?to=2109&on=2027-04-01&at=10:00')
  await page.locator('a[href^="/telephone/changes"]', { hasText: 'この日' }).click()
  await page.waitForURL((url) => url.pathname === '/telephone/changes')
  const told = page.locator('.n-differs', { hasText: `${UCHIDA.extension} ${UCHIDA.name}` })
  await told.waitFor()
  assert.match(await told.innerText(), /いままで[\s\S]*これから[\s\S]*課に所属していない/)
  if (scripted) await accessible(page)
  await page.locator('#changes-on').fill('2027-03-31')
  await page.locator('form.n-when button').click()
  await page.locator('#changes', { hasText: '鳴り方が変わる番号はありません' }).waitFor()

  // A number that is given up from that day on.
  await goto('/telephone/edit?part=number&key=3100')
  await page.locator('#f-change_from').fill('2027-04-01')
  await page.locator('#f-section').selectOption('u2010')
  await page.locator('form.n-setup button[type=submit]:not([name])').click()
  await page.locator('#preview .n-differs', { hasText: '3100' }).waitFor()
  if (scripted) await accessible(page)
  await button(page, 'telephone/edit').click()
  await done(page, /保存しました/)
  await undo(page)
  await done(page, /保存しました/)
})

journey('a PBX gets a new secret, shown once', async ({ page, goto, signIn }) => {
  await signIn(SAITO)
  await goto('/telephone/edit?part=link&key=demo')
  await button(page, 'telephone/secret').click()
  const secret = page.locator('.n-secret code')
  await secret.waitFor()
  assert.ok((await secret.innerText()).length > 20)
  await page.reload()
  assert.equal(await page.locator('.n-secret').count(), 0, 'it is not shown again')
}, { modes: ['no JavaScript', 'phone'] })
