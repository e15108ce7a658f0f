// `make dev`: builds quickly, serves the sample office, and does both again whenever a source changes. It looks at the
// modification times twice a second: that works on every file system, and a thousand files cost a few milliseconds.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(root, 'target'))
const environment = { ...process.env, CARGO_TARGET_DIR: target, NANAWARI_SITE_ROOT: join(target, 'site') }
const WATCHED = ['app', 'server', 'entity', 'migration', 'assets/public', 'assets/sample', 'Cargo.toml']

function newest(path) {
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info) return 0
  if (!info.isDirectory()) return info.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0)
}

const stamp = () => WATCHED.reduce((latest, path) => Math.max(latest, newest(join(root, path))), 0)
const step = (program, args) => spawnSync(program, args, { cwd: root, stdio: 'inherit', env: environment }).status === 0

let server
function restart() {
  const built = step('node', ['.ci/site.mjs', '--dev']) && step('cargo', ['build', '--package', 'server', '--bin', 'nanawari'])
  if (!built) return console.error('dev: waiting for a change that compiles')
  const start = () => {
    server = spawn(join(target, 'debug/nanawari'), ['demo'], { cwd: root, stdio: 'inherit', env: environment })
    server.once('exit', () => { server = undefined })
  }
  if (!server || !existsSync(`/proc/${server.pid}`)) return start()
  server.once('exit', start)
  server.kill('SIGTERM')
}

process.on('SIGINT', () => {
  server?.kill('SIGTERM')
  process.exit(0)
})

let seen = 0
setInterval(() => {
  const now = stamp()
  if (now <= seen) return
  seen = now
  restart()
}, 500)
