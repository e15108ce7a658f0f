// Language, sessions, and the first start of a house.

import assert from 'node:assert/strict'
import { UCHIDA, startHouse } from '../support/house.mjs'
import { journey, signIn as signInAs } from '../support/journey.mjs'
import { ready } from '../support/browser.mjs'

journey('the language is the browser\'s first and the person\'s after', async ({ page, goto, signIn, open, scripted }) => {
  await signIn(UCHIDA)
  await goto('/')
  assert.equal(await page.locator('html').getAttribute('lang'), 'ja')
  await page.locator('.n-language button[value=en]').click()
  await page.locator('html[lang=en]').waitFor()
  await ready(page, scripted)
  assert.equal(await page.locator('.n-nav a[aria-current=page]').innerText(), 'Home')
  await goto('/bookings')
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')

  const english = await open({ locale: 'en-GB' })
  await english.goto('/sign-in')
  assert.equal(await english.page.locator('html').getAttribute('lang'), 'en')
})

journey('signing out ends it', async ({ page, goto, signIn, context }) => {
  await signIn(UCHIDA)
  const cookies = await context.cookies()
  await goto('/')
  await page.locator('.n-menu summary').click()
  await page.locator('form[action$="/account/sign-out"] button').click()
  await page.waitForURL(/demo|sign-in/)
  await context.clearCookies()
  await context.addCookies(cookies)
  await page.goto('/bookings')
  assert.match(page.url(), /demo|sign-in/, 'the old cookie still works')
})

journey('sessions are listed and can be ended', async ({ page, goto, signIn, open }) => {
  await signIn(UCHIDA)
  const other = await open({})
  await signInAs(other, UCHIDA)
  await goto('/account')
  await page.locator('form[action$="/account/end-session"] button').first().click()
  await page.locator('.n-note--done').waitFor()
  await other.page.goto('/bookings')
  assert.match(other.page.url(), /demo|sign-in/, 'an ended session still works')
}, { modes: ['hydrated', 'no JavaScript'] })

journey('a fresh house is set up with its one-use code', async ({ page, goto, house, scripted }) => {
  await goto('/set-up')
  const code = house.printed().match(/code[^\n]*?([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})+|[A-Za-z0-9_-]{12,})/i)?.[1]
  assert.ok(code, `no code was printed:\n${house.printed()}`)
  const fill = async (given) => {
    for (const [id, value] of Object.entries({ code: given, 'staff-no': '1', name: '管理 者', password: '七割の席を守る合言葉', repeat: '七割の席を守る合言葉' })) await page.locator(`#${id}`).fill(value)
    await page.locator('form[action$="/account/set_up"] button[type=submit]').click()
  }
  await fill('WRONG-CODE')
  await page.locator('.n-note--error').waitFor()
  await fill(code)
  await page.waitForURL((url) => !url.pathname.startsWith('/set-up'))
  await ready(page, scripted)
  await goto('/set-up')
  assert.equal(await page.locator('#code').count(), 0, 'the code can be used again')
}, { modes: ['hydrated', 'no JavaScript'], start: () => startHouse(['serve']) })
