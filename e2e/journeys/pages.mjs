// Every page, in both languages: axe finds nothing, the policy is kept, nothing is asked of another host.

import assert from 'node:assert/strict'
import { accessible } from '../support/browser.mjs'
import { SAITO, UCHIDA } from '../support/house.mjs'
import { journey, signIn } from '../support/journey.mjs'
import { tour } from '../support/tour.mjs'

for (const locale of ['ja-JP', 'en-GB']) {
  journey(`every page is accessible in ${locale}`, async ({ house, open, mode }) => {
    const pages = await tour(house)
    const staff = await open({ locale }, mode)
    await signIn(staff, UCHIDA)
    const administrator = await open({ locale }, mode)
    await signIn(administrator, SAITO)
    const found = []
    for (const [name, path, administers] of pages) {
      const visitor = administers ? administrator : staff
      await visitor.goto(path)
      await accessible(visitor.page).catch((error) => found.push(`${name}: ${error.message}\n${error.actual?.join('\n')}`))
      // Not `innerWidth`: a phone zooms out until everything is within it.
      const wide = await visitor.page.evaluate((width) => document.documentElement.scrollWidth - width, visitor.page.viewportSize().width)
      if (wide > 0) found.push(`${name}: the page is ${wide} px wider than the window`)
    }
    assert.deepEqual(found, [])
  }, { modes: ['hydrated', 'phone'] })
}

journey('headers guard every page', async ({ page, goto, signIn: enter, house }) => {
  await enter(UCHIDA)
  for (const [, path] of await tour(house)) {
    const headers = (await goto(path)).headers()
    const policy = headers['content-security-policy'] ?? ''
    assert.match(policy, /default-src 'none'/, path)
    assert.match(policy, /frame-ancestors 'none'/, path)
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/, path)
    assert.equal(headers['x-content-type-options'], 'nosniff', path)
    assert.equal(await page.locator('[style]').count(), 0, `${path} has inline styles`)
  }
}, { modes: ['no JavaScript'] })
