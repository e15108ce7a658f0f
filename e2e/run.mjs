// Runs every journey: `node e2e/run.mjs [PART OF A FILE NAME] [PATTERN OF A JOURNEY'S NAME]`. The program under test is the debug build with the real
// site (NANAWARI_E2E_PROGRAM names another); Chromium is the system's.

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHROMIUM } from './support/browser.mjs'
import { PROGRAM, SITE } from './support/house.mjs'

const here = dirname(fileURLToPath(import.meta.url))
for (const [what, path, command] of [
  ['the program', PROGRAM, 'cargo build --package server --bin nanawari'],
  ['the site', join(SITE, 'manifest.json'), 'node .ci/site.mjs'],
  ['Chromium', CHROMIUM, 'apt-get install -y --no-install-recommends chromium'],
]) {
  if (existsSync(path)) continue
  console.error(`e2e: ${what} is missing (${path}); it comes with: ${command}`)
  process.exit(1)
}

const [wanted = '', pattern] = process.argv.slice(2)
const files = readdirSync(join(here, 'journeys')).filter((name) => name.endsWith('.mjs') && name.includes(wanted)).sort()
const reporter = process.stdout.isTTY ? 'spec' : 'tap'
const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=2', `--test-reporter=${reporter}`, ...(pattern ? [`--test-name-pattern=${pattern}`] : []), ...files.map((name) => join(here, 'journeys', name))], { stdio: 'inherit' })
process.exit(status ?? 1)
