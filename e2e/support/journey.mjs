// One journey, three ways: hydrated, without JavaScript, on a phone. Each way has a house and a browser of its own, so that
// journeys neither wait for nor disturb one another.

import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { MODES, closeBrowser, openBrowser } from './browser.mjs'
import { startDemo } from './house.mjs'

after(closeBrowser)

const RESULTS = join(dirname(fileURLToPath(import.meta.url)), '../test-results')

// journey('book the proposal', async ({ page, goto, signIn, house, mode, open }) => …, { modes, house })
export function journey(name, walk, { modes = Object.keys(MODES), start = startDemo } = {}) {
  for (const mode of modes) {
    test(`${name} (${mode})`, { timeout: 300_000 }, async () => {
      const house = await start()
      const browsers = []
      const open = async (options, way = mode) => {
        const opened = await openBrowser(house, way, options)
        browsers.push(opened)
        return opened
      }
      try {
        const first = await open()
        await walk({ ...first, house, mode, open, signIn: (person) => signIn(first, person) })
        for (const opened of browsers) opened.check()
      } catch (error) {
        mkdirSync(RESULTS, { recursive: true })
        for (const [index, { page }] of browsers.entries()) {
          const file = join(RESULTS, `${name} ${mode} ${index}.png`.replaceAll(/[^\p{L}\p{N}.]+/gu, '-'))
          await page.screenshot({ path: file }).catch(() => {})
          console.error(`# ${file} at ${page.url()}`)
        }
        throw error
      } finally {
        for (const opened of browsers) await opened.close()
        await house.stop()
      }
    })
  }
}

// Signs in as a sample person by the demo's page.
export async function signIn({ page, goto, scripted }, { no }) {
  await goto(`/demo?q=${no}`)
  await page.locator('main form[method=post] button[type=submit]', { hasText: no }).or(page.locator('main form[method=post] button[type=submit]')).first().click()
  await page.waitForURL((url) => !url.pathname.startsWith('/demo'))
  if (scripted) await page.waitForSelector('html[data-ready]', { state: 'attached' })
}
