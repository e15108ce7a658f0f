// Builds the site: everything a browser loads besides the pages themselves, in $CARGO_TARGET_DIR/site.
//
//   wasm (cargo) → glue (wasm-bindgen) → smaller (wasm-opt) ┐
//   tokens + font faces + assets/public/style/*.css         ├→ /pkg/name.HASH.ext, .br and .gz beside it, manifest.json
//   assets/public/** and the font files                     ┘→ stable names
//
// Files that stay the same are not touched, so that cargo does not link the server anew. `--dev` leaves the wasm large and
// quick to build. The sizes are printed, and a first visit above the budget is an error.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { snip } from './snip.mjs'

const BUDGET_BYTES = 350 * 1024
// The home page itself, as the server packs it (3.6 KB when last measured; `make bench` measures it each time).
const PAGE_ALLOWANCE_BYTES = 4 * 1024

const dev = process.argv.includes('--dev')
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const target = resolve(process.env.CARGO_TARGET_DIR ?? join(root, 'target'))
const site = join(target, 'site')
const kept = join(target, 'site-cache')
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'nanawari')
const modules = join(root, 'assets/source/node_modules')
const esbuild = createRequire(join(root, 'assets/source/package.json'))('esbuild')

const run = (program, args, env = {}) => execFileSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
const ask = (program, args) => execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
const hash = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest('hex').slice(0, 16)

function filesIn(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort()
}

function lockedVersion(name) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8')
  return lock.match(new RegExp(`name = "${name}"\\nversion = "([^"]+)"`))[1]
}

// --- the browser half -----------------------------------------------------------------------------------------------

function wasmToolchain() {
  const has = (command) => {
    try {
      return readdirSync(ask(command[0], [...command.slice(1), '--print', 'target-libdir', '--target', 'wasm32-unknown-unknown'])).some((file) => file.startsWith('libstd-'))
    } catch {
      return false
    }
  }
  if (!process.env.NANAWARI_WASM_FROM_DEBIAN && has(['rustc'])) return {}
  if (!has(['rustup', 'run', 'web', 'rustc'])) throw new Error('no Rust here has the wasm target: run .ci/setup.sh build')
  const linker = readdirSync('/usr/bin').filter((file) => file.startsWith('wasm-ld-')).sort().at(-1)
  return { RUSTUP_TOOLCHAIN: 'web', CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER: linker }
}

function wasmBindgen() {
  const version = lockedVersion('wasm-bindgen')
  const own = join(cache, 'tools', `wasm-bindgen-cli-${version}`, 'bin', 'wasm-bindgen')
  return existsSync(own) ? own : 'wasm-bindgen'
}

// The lazy way to hydrate is linked and never gone. Only its futures: small functions may be shared with others that are.
const NEVER_CALLED = /hydrate_async.*closure/

// Everything that can change the wasm: sources, lock file, manifests, tools.
function wasmInputs(toolchain) {
  const sources = [...filesIn(join(root, 'app/src')), ...filesIn(join(root, 'app/domain/src'))]
  const manifests = ['Cargo.toml', 'Cargo.lock', 'app/Cargo.toml', 'app/domain/Cargo.toml', 'assets/source/package-lock.json', '.cargo/config.toml', '.ci/site.mjs', '.ci/snip.mjs'].map((file) => join(root, file))
  const versions = JSON.stringify([dev, toolchain, process.env.RUSTFLAGS, ask('rustc', ['--version'])])
  return hash(versions, ...[...sources, ...manifests].flatMap((file) => [relative(root, file), '\0', readFileSync(file), '\0']))
}

function buildWasm() {
  const toolchain = wasmToolchain()
  const folder = join(kept, wasmInputs(toolchain))
  if (!existsSync(join(folder, 'nanawari_bg.wasm'))) {
    const profile = dev ? 'dev' : 'wasm-release'
    run('cargo', ['build', '--locked', '--package', 'app', '--lib', '--no-default-features', '--features', 'hydrate', '--target', 'wasm32-unknown-unknown', '--profile', profile], toolchain)
    const built = join(target, 'wasm32-unknown-unknown', dev ? 'debug' : profile, 'app.wasm')
    const scratch = join(kept, 'scratch')
    rmSync(kept, { recursive: true, force: true })
    run(wasmBindgen(), ['--remove-producers-section', '--target', 'web', '--no-typescript', '--out-name', 'nanawari', '--out-dir', scratch, built])
    if (!dev) shrink(join(scratch, 'nanawari_bg.wasm'))
    cpSync(scratch, folder, { recursive: true })
    rmSync(scratch, { recursive: true })
  }
  if (existsSync(join(folder, 'snippets'))) throw new Error('wasm-bindgen made JavaScript snippets: the site build knows no place for them')
  return { wasm: readFileSync(join(folder, 'nanawari_bg.wasm')), glue: readFileSync(join(folder, 'nanawari.js'), 'utf8') }
}

function shrink(file) {
  writeFileSync(file, snip(readFileSync(file), NEVER_CALLED))
  const features = ['reference-types', 'multivalue', 'sign-ext', 'bulk-memory', 'nontrapping-float-to-int', 'mutable-globals'].map((feature) => `--enable-${feature}`)
  run(join(modules, '.bin/wasm-opt'), ['-Oz', '--converge', ...features, file, '-o', file])
}

// --- styles and fonts -----------------------------------------------------------------------------------------------

const FONT = '@fontsource-variable/noto-sans-jp'

function bundleStyles() {
  const tokens = readFileSync(join(modules, '@digital-go-jp/design-tokens/dist/tokens.css'), 'utf8')
  const own = filesIn(join(root, 'assets/public/style')).filter((file) => file.endsWith('.css'))
  const css = [tokens, ...own.map((file) => readFileSync(file, 'utf8'))].join('\n')
  return esbuild.transformSync(css, { loader: 'css', minify: !dev, charset: 'utf8' }).code
}

// Which file holds which letters: part of the fonts, and as they hardly ever change, a file of its own.
function bundleFaces() {
  // The tokens ask for 'Noto Sans JP'; the variable edition calls itself otherwise.
  const faces = readFileSync(join(modules, FONT, 'wght.css'), 'utf8').replaceAll('./files/', '/fonts/').replaceAll('Noto Sans JP Variable', 'Noto Sans JP')
  return esbuild.transformSync(faces, { loader: 'css', minify: true, charset: 'utf8' }).code
}

// --- the folder -----------------------------------------------------------------------------------------------------

const written = new Set()

function write(name, content) {
  const file = join(site, name)
  written.add(file)
  mkdirSync(dirname(file), { recursive: true })
  const data = Buffer.from(content)
  if (!existsSync(file) || !readFileSync(file).equals(data)) writeFileSync(file, data)
}

const COMPRESSIBLE = new Set(['.js', '.wasm', '.css', '.svg', '.json', '.txt'])
// Blocks as large as the largest file: the program is 0.6 KB smaller than with those brotli chooses.
const PACKING = { [constants.BROTLI_PARAM_QUALITY]: dev ? 1 : 11, [constants.BROTLI_PARAM_LGBLOCK]: 22 }
const brotli = (data) => brotliCompressSync(data, { params: { ...PACKING, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } })
const packed = (data) => join(kept, 'br', hash(data, JSON.stringify(PACKING)))

// Writes a file with its compressed twins; answers how many bytes of brotli it is.
function publish(name, content) {
  const data = Buffer.from(content)
  write(name, data)
  if (!COMPRESSIBLE.has(extname(name))) return data.length
  const before = packed(data)
  const same = existsSync(before)
  const small = same ? readFileSync(before) : brotli(data)
  if (!same && !dev) {
    mkdirSync(join(kept, 'br'), { recursive: true })
    writeFileSync(before, small)
  }
  write(`${name}.br`, small)
  write(`${name}.gz`, gzipSync(data, { level: dev ? 1 : 9 }))
  return small.length
}

function publishHashed(stem, extension, content, folder = 'pkg') {
  const name = `${folder}/${stem}.${hash(content)}.${extension}`
  return { path: `/${name}`, bytes: publish(name, content) }
}

function removeStale() {
  for (const file of filesIn(site)) if (!written.has(file)) rmSync(file)
}

const { wasm, glue } = buildWasm()
const script = esbuild.transformSync(glue, { loader: 'js', format: 'esm', minify: !dev, charset: 'utf8' }).code
const parts = {
  js: publishHashed('nanawari', 'js', script),
  wasm: publishHashed('nanawari', 'wasm', wasm),
  css: publishHashed('nanawari', 'css', bundleStyles()),
}
const faces = publishHashed('noto-sans-jp', 'css', bundleFaces(), 'fonts')

const publicFolder = join(root, 'assets/public')
for (const file of filesIn(publicFolder)) {
  const name = relative(publicFolder, file)
  if (name.startsWith('style/')) continue
  // What only some pages load stays a file of its own, as small as the rest.
  const own = { '.css': 'css', '.js': 'js' }[extname(name)]
  publish(name, own ? esbuild.transformSync(readFileSync(file, 'utf8'), { loader: own, minify: !dev, charset: 'utf8' }).code : readFileSync(file))
}
for (const file of filesIn(join(modules, FONT, 'files'))) {
  if (/-wght-normal\.woff2$/.test(file)) publish(`fonts/${relative(join(modules, FONT, 'files'), file)}`, readFileSync(file))
}
publish('fonts/OFL.txt', readFileSync(join(modules, FONT, 'LICENSE')))
write('manifest.json', `${JSON.stringify(Object.fromEntries(Object.entries({ ...parts, fonts: faces }).map(([key, part]) => [key, part.path])), null, 2)}\n`)
removeStale()

const total = Object.values(parts).reduce((sum, part) => sum + part.bytes, PAGE_ALLOWANCE_BYTES)
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KB`
const listed = Object.entries(parts).map(([key, part]) => `${key} ${kib(part.bytes)}`).join(', ')
console.log(`site: ${listed}, page ≤ ${kib(PAGE_ALLOWANCE_BYTES)} → first visit ${kib(total)} of ${kib(BUDGET_BYTES)} (brotli, fonts apart; wasm ${kib(statSync(join(site, parts.wasm.path)).size)} raw)`)
if (!dev && total > BUDGET_BYTES) {
  console.error('site: above the budget')
  process.exit(1)
}
