import { closeBrowser, openBrowser, accessible } from './support/browser.mjs'
import { MATSUMOTO, SAITO, startDemo } from './support/house.mjs'
import { signIn } from './support/journey.mjs'
const house = await startDemo()
const pages = [
  ['edit', '/telephone/edit?part=section&key=u2010'],
  ['preview', '/telephone/edit?part=section&key=u2010&sent=1&name=%E5%B8%82%E6%B0%91%E8%AA%B2&ring=sequential&ring_s=20&fixed_s=20&overflow=u1010&closed=announcement&tasks=%E4%BD%8F%E6%B0%91%E7%A5%A8&roster=10150%2010178&h0_days=open_days&h0_open=08:30&h0_close=17:00'],
  ['number', '/telephone/edit?part=number&key=3100'], ['history', '/telephone/history'], ['rev', '/telephone/history?rev=1'], ['changes', '/telephone/changes'],
  ['wrong', '/telephone/edit?part=section&key=u2010&sent=1&name=&ring=all&ring_s=1&fixed_s=20&roster=777&blocks=abc'], ['house', '/telephone/edit?part=house'], ['numbers', '/telephone/setup?part=number'],
]
for (const [w, h, mode] of [[390, 1600, 'phone'], [1366, 1400, 'hydrated']]) {
  const v = await openBrowser(house, mode, { viewport: { width: w, height: h }, deviceScaleFactor: 1 })
  await signIn(v, SAITO)
  for (const [name, path] of pages) {
    try {
    const a = await v.goto(path)
    const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (w < 500 || wide > 0) await accessible(v.page).catch((e) => console.log(name, e.message, e.actual))
    console.log(w, name, a.status(), 'wider', wide)
    await v.page.screenshot({ path: `/tmp/shots/${name}-${w}.png` })
    } catch (e) { console.log(name, String(e).slice(0, 300)) }
  }
  try { v.check() } catch (e) { console.log(e.message, e.actual) }
  await v.close()
}
await closeBrowser(); await house.stop()
