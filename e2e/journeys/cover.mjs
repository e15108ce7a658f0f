// The guarantee that somebody answers: a head sees the half-hours nobody covers and fills them, by hand, by asking, by a fair rota;
// whoever is needed at the telephone is told before they go.

import assert from 'node:assert/strict'
import { accessible } from '../support/browser.mjs'

import { journey, signIn as signInAs } from '../support/journey.mjs'
import { button, done, refused, undo } from '../support/page.mjs'

// 市民課 of the sample office: it wants somebody at its telephone, and has a noon rota until the end of the week.
const MATSUMOTO = { no: '10150', name: '松本 由美' }
const MIURA = { no: '10409', name: '三浦 祐介' }
const TAKEUCHI = { no: '10486', name: '竹内 友紀' }

const gapOf = (page, key) => page.locator(`.n-gap[data-key="${key}"]`)
const section = async (house) => (await house.api('GET', '/sections')).body.items.find(({ name }) => name === '市民課').id

// A gap that one more person fills.
async function shortOfOne(page) {
  const gap = page.locator('.n-gap', { hasText: 'あと1名' }).first()
  await gap.waitFor()
  return gap.getAttribute('data-key')
}

journey('a section head covers a gap', async ({ page, goto, signIn, open, mode, scripted }) => {
  await signIn(MATSUMOTO)
  await goto('/')
  // The head is told on the home page, and the way leads to the gaps.
  await page.locator('.n-duty a[href^="/telephone/cover"]', { hasText: '市民課' }).click()
  await page.waitForURL((url) => url.pathname === '/telephone/cover')
  const key = await shortOfOne(page)
  if (scripted) await accessible(page)
  const before = Number((await page.locator('#cover-state').innerText()).match(/(\d+)件/)[1])

  const first = gapOf(page, key).locator('.n-could li').first()
  const name = await first.locator('b').innerText()
  await first.locator('button[value=set]').click()
  await done(page, new RegExp(name))
  assert.equal(await gapOf(page, key).count(), 0, 'the gap is gone')
  if (before > 1) await page.locator('#cover-state', { hasText: `${before - 1}件` }).waitFor()
  if (scripted) await accessible(page)
  await undo(page)
  await done(page, /元に戻しました/)
  await gapOf(page, key).waitFor()

  // Asking fills nothing until the other one agrees.
  await gapOf(page, key).locator('select[name=person]').selectOption({ label: MIURA.name })
  await gapOf(page, key).locator('.n-could__row', { has: page.locator('select') }).locator('button[value=ask]').click()
  await done(page, new RegExp(MIURA.name))
  await gapOf(page, key).locator('.n-row', { hasText: '返事待ち' }).waitFor()

  const other = await open({}, mode)
  await signInAs(other, MIURA)
  await other.goto('/')
  await other.page.locator('.n-duty', { hasText: '頼まれています' }).waitFor()
  await other.goto('/telephone/me')
  await other.page.locator('#me-duty button[name=yes][value="1"]').click()
  await done(other.page, /引き受けました/)
  await goto(new URL(page.url()).pathname)
  await page.locator('#cover-state').waitFor()
  assert.equal(await gapOf(page, key).count(), 0, 'the gap is gone')
})

journey('what a section asks for is written by its head only', async ({ page, goto, signIn, open, mode }) => {
  await signIn(MATSUMOTO)
  await goto('/telephone/cover')
  await page.locator('#cover-rules summary').click()
  await page.locator('#rule-people').fill('3')
  await page.locator('#rule-begins').fill('13:00')
  await page.locator('#rule-ends').fill('12:00')
  await button(page, 'telephone/cover-rule').click()
  assert.match(await (await refused(page)).innerText(), /15分単位/)
  assert.equal(await page.locator('#rule-people').inputValue(), '3', 'what was typed is still there')
  await page.locator('#rule-ends').fill('15:00')
  await page.locator('#cover-rules input[value=refuse]').check()
  await button(page, 'telephone/cover-rule').click()
  await done(page)
  const rule = page.locator('#cover-rules li', { hasText: '13:00–15:00' })
  assert.match(await rule.innerText(), /3名以上.*断る/s)

  const other = await open({}, mode)
  await signInAs(other, MIURA)
  await other.goto('/telephone/cover')
  await other.page.locator('#cover-rules li', { hasText: '13:00–15:00' }).waitFor()
  assert.equal(await other.page.locator('#cover-rules form').count(), 0, 'a member reads')
  await rule.locator('button').click()
  await done(page)
  assert.equal(await rule.count(), 0)
})

journey('whoever is needed at the telephone is told before they go', async ({ page, goto, signIn, house }) => {
  const id = await section(house)
  await house.clear(MIURA)
  const { seats } = await house.freeSeats('2026-12-01', '2010')
  await house.book(MIURA, seats[0].id, '2026-12-01')
  const rule = (on_gap) => house.api('POST', `/sections/${id}/cover-rules`, { people: 50, from: '09:00', until: '10:00', on_gap })
  const { body: { id: warn } } = await rule('warn')
  await signIn(MIURA)
  await goto('/bookings?from=2026-12-01')
  await button(page, 'booking/cancel').first().click()
  await page.locator('.n-note--done', { hasText: '12月1日(火) 9:00–10:00' }).waitFor()
  await page.locator('.n-note--done a[href^="/telephone/cover"]').waitFor()
  await undo(page)
  await done(page, /元に戻しました/)

  await house.api('DELETE', `/cover-rules/${warn}`)
  await rule('refuse')
  await goto('/bookings?from=2026-12-01')
  await button(page, 'booking/cancel').first().click()
  const note = await refused(page)
  assert.match(await note.innerText(), /12月1日\(火\) 9:00–10:00/)
  assert.equal((await house.bookings(MIURA)).length, 1, 'the booking is kept')
  // Leave is the same.
  await goto('/telephone/me')
  await page.locator('#presence-until-on').fill('2026-12-02')
  await page.locator('button[name=state][value=leave]').click()
  assert.match(await (await refused(page)).innerText(), /先に、代わりに受ける人/)
  await page.locator('.n-note--error a[href^="/telephone/cover"]').click()
  await page.waitForURL((url) => url.pathname === '/telephone/cover')
})

journey('a rota is proposed, published, exchanged by consent and printed', async ({ page, goto, signIn, open, mode, scripted }) => {
  await signIn(MATSUMOTO)
  await goto('/telephone/duty?month=2026-12')
  const fold = page.locator('#propose > summary')
  await fold.click()
  await page.locator('#propose-from').fill('2026-12-01')
  await page.locator('#propose-last').fill('2026-12-31')
  await page.locator('#propose-begins').fill('12:00')
  await page.locator('#propose-ends').fill('11:00')
  await button(page, 'telephone/duty-propose').click()
  await refused(page)
  await page.locator('#propose-ends').fill('13:00')
  await button(page, 'telephone/duty-propose').click()
  await done(page, /20件の案/)
  if (scripted) await accessible(page)

  // By hand: the first two turns are Miura's and Takeuchi's.
  const row = (text) => page.locator('.n-rota__table tbody tr', { hasText: text })
  for (const [day, who] of [['12月1日(火)', MIURA], ['12月2日(水)', TAKEUCHI]]) {
    if (await row(day).locator('td b', { hasText: who.name }).count()) continue
    await row(day).locator('summary').click()
    await row(day).locator('select').selectOption({ label: who.name })
    await row(day).locator('form', { has: page.locator('select') }).locator('button').click()
    await done(page, new RegExp(who.name))
  }
  await page.locator('.n-drafts button[value=publish]').click()
  await done(page, /20件の当番/)
  assert.equal(await page.locator('.n-drafts').count(), 0)

  const mine = await open({}, mode)
  await signInAs(mine, MIURA)
  await mine.goto('/telephone/duty?month=2026-12')
  if (scripted) await accessible(mine.page)
  await mine.page.locator('#swap-duty').selectOption({ label: '12月1日(火) 12:00–13:00 電話番' })
  await mine.page.locator('#swap-with').selectOption({ label: `${TAKEUCHI.name}の12月2日(水) 12:00–13:00と入れ替える` })
  await button(mine.page, 'telephone/duty-swap').click()
  await done(mine.page, /交代を頼みました/)

  const theirs = await open({}, mode)
  await signInAs(theirs, TAKEUCHI)
  await theirs.goto('/')
  await theirs.page.locator('.n-duty a', { hasText: '交代' }).click()
  await theirs.page.locator('.n-requests button[value=yes]').click()
  await done(theirs.page, /引き受けました/)
  await goto('/telephone/duty?month=2026-12')
  await row('12月1日(火)').locator('td b', { hasText: TAKEUCHI.name }).waitFor()
  await row('12月2日(水)').locator('td b', { hasText: MIURA.name }).waitFor()

  // On paper there is the table, and nothing to press.
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.locator('.n-rota__table').isVisible())
  for (const screen of ['.n-ways', '.n-header', '#propose', '#calendar', '.n-turn']) {
    assert.ok(!await page.locator(screen).first().isVisible(), `${screen} is not printed`)
  }
  await page.emulateMedia({ media: 'screen' })

  // A calendar program reads the address that is shown once.
  await page.locator('#calendar button[value=section]').click()
  const address = await page.locator('#calendar .n-note a').getAttribute('href')
  const feed = await page.request.get(address)
  assert.match(await feed.text(), new RegExp(`SUMMARY:電話番 ${TAKEUCHI.name}`))
})

journey('nobody outside a section sees its rota', async ({ page, goto, signIn, house }) => {
  const id = await section(house)
  await signIn({ no: '10479' })
  for (const path of [`/telephone/cover?section=${id}`, `/telephone/duty?section=${id}`]) {
    await goto(path)
    await page.locator('.n-note--error').waitFor()
    assert.equal(await page.locator('.n-rota__table, .n-gap').count(), 0)
  }
}, { modes: ['no JavaScript'] })
