// The real program, started for one journey in a folder of its own and gone afterwards.

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const TARGET = resolve(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'))
export const PROGRAM = process.env.NANAWARI_E2E_PROGRAM ?? join(TARGET, 'debug/nanawari')
export const SITE = join(TARGET, 'site')

// A Tuesday morning after a holiday on Monday; check-in of the morning slot (8:30) is open.
export const NOW = '2026-11-24T08:20:00+09:00'
export const TODAY = '2026-11-24'
export const TOMORROW = '2026-11-25'

function freePort() {
  return new Promise((done) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => done(port))
    })
  })
}

// Starts `nanawari WORDS…`; answers { url, token, printed(), command(), stop() } once it is ready.
export async function startHouse(words, { folder = mkdtempSync(join(tmpdir(), 'nanawari-e2e-')) } = {}) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = { PATH: process.env.PATH, HOME: homedir(), NANAWARI_DATA_DIR: folder, NANAWARI_SITE_ROOT: SITE, NANAWARI_LOG: 'warn' }
  const child = spawn(PROGRAM, [...words, '--listen', `127.0.0.1:${port}`], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  child.stdout.on('data', (text) => { printed += text })
  child.stderr.on('data', (text) => { printed += text })
  const ended = new Promise((done) => child.once('exit', done))

  const until = Date.now() + 60_000
  for (;;) {
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) break
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`nanawari ${words.join(' ')} is not ready\n${printed}`)
    }
    await sleep(25)
  }
  return {
    url,
    folder,
    printed: () => printed,
    token: () => printed.match(/\bnw_[\w-]+/)?.[0],
    command: (...args) => spawnSync(PROGRAM, args, { cwd: folder, env, encoding: 'utf8' }),
    async api(method, path, body, headers = {}) {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${this.token()}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
        body: body && JSON.stringify(body),
      })
      return { status: answer.status, body: await answer.json().catch(() => null) }
    },
    // Live bookings of a person from today on.
    async bookings({ no }) {
      const { status, body } = await this.api('GET', `/bookings?person_no=${no}&from=${TODAY}&to=2027-04-01&limit=500`)
      if (status !== 200) throw new Error(`bookings of ${no}: ${status} ${JSON.stringify(body)}`)
      return body.items.filter((booking) => ['booked', 'checked_in'].includes(booking.state))
    },
    // The sample office is in use; a journey begins with nothing booked.
    async clear(...people) {
      for (const person of people) {
        for (const { id } of await this.bookings(person)) await this.api('DELETE', `/bookings/${id}`)
      }
    },
    async book({ no }, seat, date, slots = ['am', 'pm']) {
      const { status, body } = await this.api('POST', '/bookings', { seat_id: seat, date, slots, person_no: no })
      if (status !== 201) throw new Error(`booking ${seat} for ${no}: ${status} ${JSON.stringify(body)}`)
      return body
    },
    // Seats of the sample's first floor that this section may have all day: [{ id, label }]
    async freeSeats(date, zone) {
      const floor = (await this.api('GET', '/floors')).body.items.find(({ seat_count }) => seat_count === 54)
      const plan = (await this.api('GET', `/floors/${floor.id}`)).body
      const home = plan.zones.find(({ home_of }) => home_of.includes(zone ?? '1010'))
      const day = (await this.api('GET', `/floors/${floor.id}/availability?date=${date}`)).body
      const empty = ({ slots }) => Object.values(slots).every(({ state }) => state === 'free' || state === 'reserved_for')
      return { floor: floor.id, seats: day.seats.filter((seat) => seat.zone === home.id && empty(seat)).map(({ id, label }) => ({ id, label })) }
    },
    // `keep` leaves the folder to a program that goes on with it.
    async stop({ keep = false } = {}) {
      child.kill('SIGTERM')
      const gone = await Promise.race([ended, sleep(10_000, 'late')])
      if (gone === 'late') child.kill('SIGKILL')
      if (!keep) rmSync(folder, { recursive: true, force: true })
      if (gone !== 0) throw new Error(`nanawari ended with ${gone}\n${printed}`)
    },
  }
}

export const startDemo = () => startHouse(['demo', '--now', NOW])

// Two people of one section of the sample office: each may use the same home zone.
export const UCHIDA = { no: '10535', name: '内田 明日香', kana: 'ウチダ', romaji: 'uchida', extension: '2109' }
export const KOBAYASHI = { no: '10479', name: '小林 真由美' }
// Who administers the sample office.
export const SAITO = { no: '10122', name: '齋藤 葵' }
// Who heads 市民課.
export const MATSUMOTO = { no: '10150', name: '松本 由美' }
