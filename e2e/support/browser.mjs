// Pages under guard: the three ways a person meets them, and what must never happen on any of them.

import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

export const CHROMIUM = process.env.NANAWARI_E2E_CHROMIUM ?? '/usr/bin/chromium'
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export const MODES = {
  hydrated: { viewport: { width: 1366, height: 768 } },
  'no JavaScript': { viewport: { width: 1366, height: 768 }, javaScriptEnabled: false },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
}

let shared
const browser = () => (shared ??= chromium.launch({ executablePath: CHROMIUM, args: QUIET }))
export const closeBrowser = async () => shared && (await shared).close()

// A person's browser: `page` to press, `check()` to say that nothing forbidden happened.
export async function openBrowser(house, mode, { locale = 'ja-JP', ...more } = {}) {
  const context = await (await browser()).newContext({ ...MODES[mode], locale, timezoneId: 'Asia/Tokyo', baseURL: house.url, ...more })
  const scripted = MODES[mode].javaScriptEnabled !== false
  const wrong = []
  const expected = []
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (!['data:', 'blob:'].includes(protocol) && origin !== house.url) wrong.push(`a request to ${request.url()}`)
  })
  if (scripted) {
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))
    })
  }
  const watch = (page) => {
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => wrong.push(`an exception: ${error}`))
    page.on('console', (message) => {
      // A refused command answers 409; the browser notes every such answer as an error of its own, and it is none.
      const refusal = /the server responded with a status of (401|404|409|422|429)/.test(message.text())
      if (message.type() === 'error' && !refusal && !expected.some((pattern) => pattern.test(message.text()))) wrong.push(`on the console: ${message.text()}`)
    })
  }
  const page = await context.newPage()
  watch(page)
  return {
    page,
    context,
    scripted,
    async goto(path) {
      const answer = await page.goto(path)
      await ready(page, scripted)
      return answer
    },
    // A journey that makes trouble says which complaint of the browser belongs to it.
    expectTrouble: (pattern) => expected.push(pattern),
    check: () => assert.deepEqual(wrong, [], 'something forbidden happened'),
    close: () => context.close(),
  }
}

// A page is ready to be pressed when the program in it says so; without JavaScript it is when it is there.
export async function ready(page, scripted = true) {
  await page.waitForLoadState('load')
  if (scripted) await page.waitForSelector('html[data-ready]', { state: 'attached' })
}

// axe's findings as sentences, so that a failure says what to mend.
export async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  const found = violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 4).map((node) => `${id}: ${help}: ${node.target} ${node.html.slice(0, 160)}`))
  assert.deepEqual(found, [], `axe on ${page.url()}`)
}
