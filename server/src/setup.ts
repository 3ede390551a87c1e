/**
 * `npm run setup`: what the tests need beyond npm: browsers, Redis, nginx, LiveKit, FerretDB.
 * Installs or builds them where it can without asking, says in one line what to do elsewhere.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ferretdbProgram } from './jobs/ferretdb-program.ts'
import { livekitProgram } from './media/livekit/program.ts'
import type { GoProgram, ProgramOptions } from './platform/go-program.ts'

interface Part {
  /** What it is to the tests; the tests of it are not run without it. */
  name: string
  /** What people call the program, and the variable that says where it lies. */
  program: string
  setting: string
  defaultPath: string
  /** What Debian calls it. */
  debian: string
  onMac: string
  /** What does its work where it cannot be had. */
  instead?: string
}

const parts: readonly Part[] = [
  {
    name: 'browser',
    program: 'Chromium',
    setting: 'CHROMIUM_PATH',
    defaultPath: '/usr/bin/chromium',
    debian: 'chromium',
    onMac: 'Install Chromium or Chrome, and set CHROMIUM_PATH to its program.',
  },
  {
    name: 'browser shell',
    program: 'Chromium without windows',
    setting: 'CHROMIUM_SHELL_PATH',
    defaultPath: '/usr/bin/chromium-headless-shell',
    debian: 'chromium-headless-shell',
    onMac: 'It is not needed.',
    instead: 'not there; the whole browser does its work, more slowly',
  },
  {
    name: 'redis',
    program: 'Redis',
    setting: 'REDIS_SERVER_PATH',
    defaultPath: '/usr/bin/redis-server',
    debian: 'redis-server',
    onMac: 'Install it:  brew install redis  and set REDIS_SERVER_PATH to its redis-server.',
  },
  {
    name: 'nginx',
    program: 'nginx',
    setting: 'NGINX_PATH',
    defaultPath: '/usr/sbin/nginx',
    debian: 'nginx-light',
    onMac: 'Install it:  brew install nginx  and set NGINX_PATH to its program.',
  },
]
const outputBytesKept = 2_000
const dotEveryMs = 1_000
const nameColumns = 17

for (const part of parts) await ensure(part)
await ensureBuilt('livekit', livekitProgram)
await ensureBuilt('ferretdb', ferretdbProgram)

async function ensure(part: Part): Promise<void> {
  const path = process.env[part.setting] ?? part.defaultPath
  const name = part.name.padEnd(nameColumns)
  if (existsSync(path)) {
    console.log(`  ok    ${name} ${path}`)
    return
  }
  const problem = await install(part)
  if (problem === undefined && existsSync(path)) {
    console.log(`  ok    ${name} ${path}, installed now`)
    return
  }
  if (part.instead !== undefined) {
    console.log(`  ok    ${name} ${part.instead}`)
    return
  }
  notRun(part.name, `There is no ${path}.\n  ${problem ?? 'It was not installed.'}`)
}

/** No package has it: it is built once, from its public module. */
async function ensureBuilt(
  part: string,
  find: (options: ProgramOptions) => Promise<GoProgram>,
): Promise<void> {
  const name = part.padEnd(nameColumns)
  let dots: NodeJS.Timeout | undefined
  const say = (text: string) => {
    if (dots !== undefined) return
    process.stdout.write(`  …     ${name} ${text} `)
    dots = setInterval(() => process.stdout.write('.'), dotEveryMs)
  }
  const program = await find({ environment: process.env, say })
  clearInterval(dots)
  if (dots !== undefined) process.stdout.write('\n')
  if ('missing' in program) notRun(part, program.missing)
  else console.log(`  ok    ${name} ${program.path}${program.built ? ', built now' : ''}`)
}

function notRun(name: string, why: string): void {
  console.log(`\n  NOT RUN: ${name} tests. ${why}\n`)
  // Where nobody reads along, a part that was not run must not pass for one that did.
  if (process.env.CI === 'true') process.exitCode = 1
}

/** Why it could not be done, or undefined. */
async function install(part: Part): Promise<string | undefined> {
  const { program, setting, debian } = part
  if (process.env[setting] !== undefined) return `Correct ${setting}, or leave it out.`
  if (process.platform === 'darwin') return part.onMac
  if (!existsSync('/usr/bin/apt-get')) {
    return `Install ${program} with your package manager, and set ${setting} if it lies elsewhere.`
  }
  if (process.getuid?.() !== 0) return `Install it:  sudo apt-get install ${debian}`
  const wanted = ['install', '--yes', '--no-install-recommends', debian]
  const first = await aptGet(part, `installing ${program}`, wanted)
  if (first === undefined) return undefined
  // The lists of packages may be missing or old, as in a fresh container.
  await aptGet(part, 'updating package lists', ['update'])
  const second = await aptGet(part, `installing ${program}`, wanted)
  return second && `apt-get says:\n${second}`
}

/** What it said when it failed. A dot a second shows that it still runs. */
function aptGet({ name }: Part, what: string, parameters: string[]): Promise<string | undefined> {
  process.stdout.write(`  …     ${name.padEnd(nameColumns)} ${what} `)
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
