// Memos: whoever takes a call for a colleague leaves one, the colleague sees it, reads it and calls back, and whoever wrote it knows.

import assert from 'node:assert/strict'
import { accessible } from '../support/browser.mjs'
import { KOBAYASHI, NOW, SAITO, TODAY, UCHIDA } from '../support/house.mjs'
import { journey, signIn as signInAs } from '../support/journey.mjs'
import { button, done, refused, undo } from '../support/page.mjs'

// axe is a script of its own: it looks where scripts run.
const looked = (page, scripted) => scripted && accessible(page)

const memo = (page, words) => page.locator('.n-memo', { hasText: words })
const count = (page) => page.locator('#n-memos [data-count]')

// A memo for UCHIDA, as a program leaves it.
const left = (house, more = {}) => house.api('POST', '/memos', { to_no: UCHIDA.no, caller_name: '町会', caller_number: '03-1234-5678', wish: 'call_back', ...more })

journey('a memo is left, read with a receipt, and closed by calling back', async ({ page, goto, signIn, open, mode, scripted }) => {
  // Whoever takes the call finds the colleague in the book and leaves a memo.
  await signIn(KOBAYASHI)
  await goto(`/telephone?q=${UCHIDA.no}`)
  await page.locator('.n-book__row a[href^="/memos/new"]').click()
  await page.waitForURL((url) => url.pathname === '/memos/new')
  await page.locator('.n-memo-to', { hasText: UCHIDA.name }).waitFor()
  await looked(page, scripted)
  await page.locator('input[name=wish][value=tell]').check()
  await page.locator('#memo-name').fill('宇和町自治会')
  await page.locator('#memo-number').fill('03-1234-5678')
  await button(page, 'memo/write').click()
  assert.match(await (await refused(page)).innerText(), /用件を入力/)
  assert.equal(await page.locator('#memo-name').inputValue(), '宇和町自治会', 'what was typed is still there')
  await page.locator('#memo-text').fill('道路の件で折り返しがほしいそうです。')
  await page.locator('input[name=wish][value=call_back]').check()
  await page.locator('input[name=urgent]').check()
  await button(page, 'memo/write').click()
  await done(page, new RegExp(UCHIDA.name))
  const sent = memo(page.locator('#memos-written'), '宇和町自治会')
  await sent.getByText('未読').waitFor()
  await looked(page, scripted)

  // The colleague sees it on every page, and what it says on theirs.
  const other = await open({}, mode)
  await signInAs(other, UCHIDA)
  await other.goto('/')
  assert.equal(await count(other.page).innerText(), '1')
  await other.page.locator('.n-memos-note', { hasText: '至急1件' }).click()
  await other.page.waitForURL((url) => url.pathname === '/memos')
  const mine = memo(other.page.locator('#memos-open'), '宇和町自治会')
  assert.equal(await mine.locator('a[data-call]').getAttribute('href'), 'tel:0312345678')
  await looked(other.page, scripted)
  await button(mine, 'memo/read').click()
  await done(other.page, /読んだ/)
  await mine.getByText(`既読: ${UCHIDA.name}`).waitFor()

  // Whoever wrote it sees the receipt.
  await goto('/memos')
  await sent.getByText(`既読: ${UCHIDA.name}`).waitFor()

  // Called back; undone by mistake; called back.
  await button(mine, 'memo/end').first().click()
  await done(other.page, /折り返し済み/)
  assert.equal(await count(other.page).textContent(), '0')
  await undo(other.page)
  await done(other.page, /元に戻しました/)
  await button(mine, 'memo/end').first().click()
  await done(other.page, /折り返し済み/)
  await other.page.locator('#memos-open', { hasText: '未対応の伝言メモはありません' }).waitFor()
  await goto('/memos')
  await sent.getByText(`折り返し済み: ${UCHIDA.name}`).waitFor()
})

journey('a memo shows after checking in, and in the header at once', async ({ page, goto, signIn, house }) => {
  await house.clear(UCHIDA)
  const { seats } = await house.freeSeats(TODAY)
  await house.book(UCHIDA, seats[0].id, TODAY)
  await signIn(UCHIDA)
  await goto('/')
  assert.equal(await count(page).textContent(), '0')
  assert.equal(await page.locator('#n-memos b').isVisible(), false)

  // Two windows of one browser hear of it within a second or two, over one stream.
  const second = await page.context().newPage()
  await second.goto('/telephone')
  await second.locator('#n-memos').waitFor()
  await new Promise((heard) => setTimeout(heard, 800))
  const began = Date.now()
  await left(house)
  for (const window of [page, second]) await window.locator('#n-memos [data-count]', { hasText: '1' }).waitFor({ timeout: 3_000 })
  assert.ok(Date.now() - began < 2_000, `${Date.now() - began} ms`)
  await second.close()

  await button(page.locator('main'), 'booking/check-in').click()
  await page.locator('.n-memos-note', { hasText: '伝言メモが1件あります' }).waitFor()
  await page.locator('.n-memos-note', { hasText: '町会' }).waitFor()

  // The list follows too, and what is done there shows at once.
  await goto('/memos')
  await left(house, { caller_name: '県庁' })
  await memo(page.locator('#memos-open'), '県庁').waitFor({ timeout: 3_000 })
  await page.locator('#n-memos [data-count]', { hasText: '2' }).waitFor({ timeout: 3_000 })
}, { modes: ['hydrated'] })

// What the exchange tells of a call from outside.
async function call(house, name, to, events) {
  const [, link, secret] = house.printed().match(/PBX \(name ([\w-]+)\): (\S+)/)
  const told = events.map(([ev, more], seq) => ({ pbx: link, call_id: name, seq, ev, ts: new Date(new Date(NOW).getTime() + seq * 1_000).toISOString(), to, from: '0894621111', trunk: 'outside', ...more }))
  const answer = await fetch(`${house.url}/pbx/v1/events`, { method: 'POST', headers: { authorization: `Basic ${btoa(`${link}:${secret}`)}`, 'content-type': 'application/json' }, body: JSON.stringify(told) })
  assert.equal(answer.status, 200)
}

journey('a call somebody took fills the form, and one nobody took is a memo by itself', async ({ page, goto, signIn, house }) => {
  // KOBAYASHI answers the section's number; nobody answers UCHIDA's.
  await call(house, 'answered', '3000', [['ring'], ['answer', { by: 'mob-10479' }], ['hangup']])
  await call(house, 'lost', UCHIDA.extension, [['ring'], ['unanswered']])
  await signIn(KOBAYASHI)
  await goto('/memos/new')
  await page.locator('.n-memo-calls a').click()
  await page.waitForURL((url) => url.searchParams.has('call'))
  assert.match(await page.locator('#memo-number').inputValue(), /0894/)
  await page.locator('.n-memo-to', { hasText: '課' }).waitFor()
  await button(page, 'memo/write').click()
  await done(page, /伝言を残しました/)
  await undo(page)
  await done(page, /元に戻しました/)

  await signIn(UCHIDA)
  await goto('/memos')
  await memo(page.locator('#memos-open'), 'だれも出なかった電話').waitFor()
  await button(page.locator('#memos-open'), 'memo/end').last().click()
  await done(page, /対応不要/)
})

journey('an emergency call is read by the security of the house, with floor, seat and name', async ({ page, goto, signIn, house, scripted }) => {
  // 総務課 looks after the sample's building. UCHIDA sits at a seat and calls 119 from a smartphone.
  await house.clear(UCHIDA)
  const { seats } = await house.freeSeats(TODAY)
  const { id } = await house.book(UCHIDA, seats[0].id, TODAY)
  await house.api('POST', `/bookings/${id}/check-in`)
  await signIn(KOBAYASHI)
  await call(house, 'help', '119', [['emergency', { from: 'mob-10535', from_device: 'mob-10535', trunk: undefined }]])
  await goto('/memos')
  const told = memo(page.locator('#memos-open'), '119(消防・救急)への緊急通報')
  await told.locator('h3', { hasText: UCHIDA.name }).waitFor()
  await told.locator('dd', { hasText: `${seats[0].label}(かけた人の座席` }).waitFor()
  assert.equal(await told.locator('a[data-call]').getAttribute('href'), `tel:${UCHIDA.extension}`)
  await looked(page, scripted)
  await button(told, 'memo/end').first().click()
  await done(page, /対応済み/)
})

journey('administrators name who is told of emergency calls, and it is shown before it is stored', async ({ page, goto, signIn, scripted }) => {
  await signIn(SAITO)
  await goto('/telephone/edit?part=house')
  await page.locator('#f-security0').selectOption({ label: '市民課' })
  await page.locator('#f-people').fill('99999')
  await page.locator('.n-setup button[type=submit]').first().click()
  assert.match(await page.locator('#preview').innerText(), /緊急通報を知らせる人.*99999/s)
  await page.locator('#f-people').fill(SAITO.no)
  await page.locator('.n-setup button[type=submit]').first().click()
  await page.locator('#preview', { hasText: `市民課、${SAITO.name}` }).waitFor()
  await looked(page, scripted)
  await button(page, 'telephone/edit').click()
  await done(page, /保存しました/)
  await goto('/telephone/edit?part=house')
  assert.equal(await page.locator('#f-people').inputValue(), SAITO.no)
  assert.equal(await page.locator('#f-security1').count(), 1, 'room for another section')
})

journey('a name that means nobody or several is asked about, and mail is a choice', async ({ page, goto, signIn }) => {
  await signIn(UCHIDA)
  await goto('/memos/new')
  await page.locator('#memo-to').fill('zzzz')
  await page.locator('#memo-name').fill('町会')
  await button(page, 'memo/write').click()
  assert.match(await (await refused(page)).innerText(), /zzzz/)
  assert.equal(await page.locator('#memo-to').inputValue(), 'zzzz')
  await page.locator('#memo-to').fill('田')
  await button(page, 'memo/write').click()
  await refused(page)
  await page.locator('input[name=whom]').first().check()
  assert.equal(await page.locator('#memo-name').inputValue(), '町会')
  await button(page, 'memo/write').click()
  await done(page, /伝言を残しました/)

  await page.locator('#memo-mail summary').click()
  await page.locator('#memo-mail input[name=mail][value=off]').check()
  await button(page, 'memo/setting').click()
  await done(page, /メール/)
  assert.equal(await page.locator('#memo-mail input[name=mail][value=off]').isChecked(), true)
})

journey('administrators say who is told, and only permitted hosts are', async ({ page, goto, signIn, open, mode, scripted }) => {
  await signIn(SAITO)
  await goto('/telephone/notify')
  await looked(page, scripted)
  await page.locator('#target-name').fill('掲示板')
  await page.locator('#target-url').fill('https://evil.example/hook')
  await button(page, 'memo/add-target').click()
  assert.match(await (await refused(page)).innerText(), /NANAWARI_WEBHOOK_HOSTS/)
  assert.equal(await page.locator('#target-name').inputValue(), '掲示板')
  const other = await open({}, mode)
  await signInAs(other, UCHIDA)
  await other.goto('/telephone/notify')
  assert.equal(await other.page.locator('#target-url').count(), 0)
})
