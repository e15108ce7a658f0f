// Pictures of every page at three widths in both languages, into e2e/screenshots, to be looked at by people.

import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closeBrowser, openBrowser } from './support/browser.mjs'
import { SAITO, UCHIDA, startDemo } from './support/house.mjs'
import { signIn } from './support/journey.mjs'
import { tour } from './support/tour.mjs'

const SIZES = [['phone', 390, 844], ['hydrated', 1366, 768], ['hydrated', 1920, 1080]]
const folder = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
const [wanted = ''] = process.argv.slice(2)

mkdirSync(folder, { recursive: true })
const house = await startDemo()
const pages = (await tour(house)).filter(([name]) => name.includes(wanted))
for (const locale of ['ja-JP', 'en-GB']) {
  for (const [mode, width, height] of SIZES) {
    const [staff, administrator] = await Promise.all([UCHIDA, SAITO].map(async (who) => {
      const visitor = await openBrowser(house, mode, { locale, viewport: { width, height } })
      await signIn(visitor, who)
      return visitor
    }))
    for (const [name, path, administers] of pages) {
      const visitor = administers ? administrator : staff
      await visitor.goto(path)
      await visitor.page.evaluate(() => document.fonts.ready)
      await visitor.page.screenshot({ path: join(folder, `${name}-${width}-${locale.slice(0, 2)}.png`), fullPage: true })
    }
    await Promise.all([staff, administrator].map((visitor) => visitor.close()))
  }
}
await closeBrowser()
await house.stop()
console.log(`${pages.length * SIZES.length * 2} pictures in e2e/screenshots`)
