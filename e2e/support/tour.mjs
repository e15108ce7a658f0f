// Every page of the product, as a person of the sample office meets it.

import { TODAY, TOMORROW, UCHIDA, KOBAYASHI } from './house.mjs'

// Books what makes the pages speak, and answers [name, path, whether it takes an administrator] of every page.
export async function tour(house) {
  await house.clear(UCHIDA, KOBAYASHI)
  const { floor, seats } = await house.freeSeats(TODAY)
  await house.book(UCHIDA, seats[0].id, TODAY)
  const tomorrow = await house.freeSeats(TOMORROW)
  await house.book(KOBAYASHI, tomorrow.seats[0].id, TOMORROW)
  await house.api('POST', '/memos', { to_no: UCHIDA.no, caller_name: '宇和町自治会 会長', caller_number: '03-1234-5678', wish: 'call_back', text: '道路の件で、今日中に。', urgency: 'urgent' })
  await house.api('POST', '/memos', { to_no: UCHIDA.no, caller_number: '0894-62-1111' })
  const floors = (await house.api('GET', '/floors')).body.items
  const plan = floors.find(({ id }) => id !== floor)
  return [
    ['home', '/'],
    ['floor', `/floors/${floor}?date=${TOMORROW}&seat=${tomorrow.seats[1].id}`],
    ['floor-map', `/floors/${floor}?date=${TODAY}&view=map`],
    ['floor-taken', `/floors/${floor}?date=${TOMORROW}&seat=${tomorrow.seats[0].id}&view=map`],
    ['floor-plan', `/floors/${plan.id}?date=${TOMORROW}&view=map`],
    ['floor-closed', `/floors/${floor}?date=2026-11-28`],
    ['bookings', '/bookings'],
    ['bookings-month', '/bookings?view=month'],
    ['people', '/people'],
    ['people-found', `/people?q=${encodeURIComponent('田')}`],
    ['people-none', '/people?q=zzzz'],
    ['telephone', '/telephone'],
    ['telephone-found', `/telephone?q=${encodeURIComponent('総務')}`],
    ['telephone-none', '/telephone?q=zzzz'],
    ['telephone-me', '/telephone/me'],
    ['telephone-calls', '/telephone/calls'],
    ['telephone-cover', '/telephone/cover'],
    ['telephone-duty', '/telephone/duty'],
    ['telephone-mode', '/telephone/mode'],
    ['telephone-simulate', '/telephone/simulate', true],
    ['telephone-repair', '/telephone/repair', true],
    ['telephone-setup', '/telephone/setup', true],
    ['telephone-edit', '/telephone/edit?part=section&key=u2020', true],
    ['telephone-history', '/telephone/history', true],
    ['telephone-changes', '/telephone/changes?on=2027-04-01', true],
    ['telephone-notify', '/telephone/notify', true],
    ['memos', '/memos'],
    ['memos-new', '/memos/new'],
    ['guide-telephone', '/guide/telephone'],
    ['guide-pbx', '/guide/connect-pbx'],
    ['account', '/account'],
    ['guide', '/guide'],
    ['sign-in', '/sign-in'],
    ['set-up', '/set-up'],
    ['demo', '/demo'],
    ['not-found', '/no-such-page'],
  ]
}
