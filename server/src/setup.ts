/**
 * `npm run setup`: what the tests need beyond npm, which is a browser. Installs it where that can
 * be done without asking, says in one line what to do elsewhere. Needs nothing but Node.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

const browser = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const outputBytesKept = 2_000
const dotEveryMs = 1_000

await ensureBrowser()

async function ensureBrowser(): Promise<void> {
  if (existsSync(browser)) {
    console.log(`  ok    browser           ${browser}`)
    return
  }
  const problem = await install()
  if (problem === undefined && existsSync(browser)) {
    console.log(`  ok    browser           ${browser}, installed now`)
    return
  }
  console.log(`\n  NOT RUN: browser tests. There is no ${browser}.`)
  console.log(`  ${problem ?? 'It was not installed.'}\n`)
  // Where nobody reads along, a part that was not run must not pass for one that did.
  if (process.env.CI === 'true') process.exitCode = 1
}

/** Why it could not be done, or undefined. */
async function install(): Promise<string | undefined> {
  if (process.env.CHROMIUM_PATH !== undefined) return 'Correct CHROMIUM_PATH, or leave it out.'
  if (process.platform === 'darwin') {
    return 'Install Chromium or Chrome, and set CHROMIUM_PATH to its program.'
  }
  if (!existsSync('/usr/bin/apt-get')) {
    return 'Install Chromium with your package manager, and set CHROMIUM_PATH if it lies elsewhere.'
  }
  if (process.getuid?.() !== 0) return 'Install it:  sudo apt-get install chromium'
  const wanted = ['install', '--yes', '--no-install-recommends', 'chromium']
  const first = await aptGet('installing Chromium', wanted)
  if (first === undefined) return undefined
  // The lists of packages may be missing or old, as in a fresh container.
  await aptGet('updating package lists', ['update'])
  const second = await aptGet('installing Chromium', wanted)
  return second && `apt-get says:\n${second}`
}

/** What it said when it failed. A dot a second shows that it still runs. */
function aptGet(what: string, parameters: string[]): Promise<string | undefined> {
  process.stdout.write(`  …     browser           ${what} `)
  const dots = setInterval(() => process.stdout.write('.'), dotEveryMs)
  return new Promise((resolve) => {
    const child = spawn('apt-get', ['--quiet', ...parameters], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const keep = (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-outputBytesKept)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    const settle = (problem: string | undefined) => {
      clearInterval(dots)
      process.stdout.write('\n')
      resolve(problem)
    }
    child.on('error', (error) => settle(error.message))
    child.on('close', (code) => settle(code === 0 ? undefined : said))
  })
}
