// The server ends with the `npm start` it belongs to, and with nobody else.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { testDatabaseUrl } from '../testing/test-database.ts'
import { isWhole, type ProcessFacts, runnerAbove, watchRunner } from './package-runner.ts'

const root = resolve(import.meta.dirname, '../../../..')
const patience = { timeout: 60_000 }

function tree(parent: number, of: Record<number, ProcessFacts>) {
  const now = { parent, of }
  return { now, parent: () => now.parent, about: async (pid: number) => now.of[pid] }
}
const env = { npm_lifecycle_event: 'start' }
const npm = { parent: 2, command: 'npm start' }
const shell = { parent: 20, command: 'sh -c node --conditions=development server/src/main.ts' }

describe('[RUN-60] the runner above', () => {
  test.each([
    ['npm itself', { 10: npm }, [10]],
    ['npm behind a shell', { 10: shell, 20: npm }, [10, 20]],
    ['by its file', { 10: { parent: 1, command: 'node /opt/npm/bin/npm-cli.js start' } }, [10]],
    ['pnpm', { 10: { parent: 1, command: 'node /opt/pnpm.cjs start' } }, [10]],
  ])('is found: %s', async (_name, of, chain) => {
    expect(await runnerAbove(tree(10, of), env)).toEqual(chain)
  })

  test.each<[string, Record<number, ProcessFacts>, Record<string, string>]>([
    ['a process manager that npm started', { 10: { parent: 1, command: 'PM2 v6: God' } }, env],
    ['init, which took over', { 10: { parent: 0, command: '/sbin/init' } }, env],
    ['a shell that nobody is above', { 10: shell, 20: { parent: 1, command: 'bash' } }, env],
    ['npm far above', chainOfShells(), env],
    ['nobody knows what', {}, env],
    ['npm, which did not start this', { 10: npm }, {}],
  ])('is nobody: %s', async (_name, of, given) => {
    expect(await runnerAbove(tree(10, of), given)).toBeUndefined()
  })

  test('is gone when any link of the chain is another', async () => {
    const whole = tree(10, { 10: shell, 20: npm })
    expect(await isWhole(whole, [10, 20])).toBe(true)
    expect(await isWhole(tree(1, whole.now.of), [10, 20])).toBe(false)
    expect(await isWhole(tree(10, { 10: { ...shell, parent: 1 }, 20: npm }), [10, 20])).toBe(false)
    expect(await isWhole(tree(10, { 10: shell }), [10, 20])).toBe(false)
  })

  test('is watched, and its end is told once', async () => {
    const watched = tree(10, { 10: shell, 20: npm })
    const gone = vi.fn<() => void>()
    await watchRunner({ gone, tree: watched, env })
    watched.now.of = { 10: { ...shell, parent: 1 } }
    await vi.waitFor(() => expect(gone).toHaveBeenCalledOnce(), 5_000)
  })
})

function chainOfShells(): Record<number, ProcessFacts> {
  const shells = [10, 11, 12, 13].map((pid) => [pid, { parent: pid + 1, command: 'sh' }] as const)
  return { ...Object.fromEntries(shells), 14: npm }
}

/** Each program with its parent and command, of this machine. */
async function programs(): Promise<{ pid: number; parent: number; command: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [stat, command] = await Promise.all(
        ['stat', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      )
      const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      return { pid: Number(pid), parent, command: command?.replaceAll('\0', ' ') ?? '' }
    }),
  )
  return found.filter(({ command }) => command !== '')
}

/** A real `npm start`, open, with all that runs below it. */
async function npmStart() {
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-npm-'))
  const child = spawn('npm', ['start'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      HOST: '127.0.0.1',
      WEB: 'off',
      DEMO: 'off',
      MEDIA: 'off',
      DATA_DIR: dataDir,
      DATABASE_URL: await testDatabaseUrl(),
    },
  })
  let output = ''
  const ended = once(child, 'exit')
  const url = await new Promise<string>((open, failed) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const match = / is open: (\S+)/.exec(output)?.[1]
      if (match) open(match)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', (code) => failed(new Error(`npm ended with ${code}:\n${output}`)))
  })
  const all = await programs()
  const below = (pid: number): typeof all =>
    all.filter((one) => one.parent === pid).flatMap((one) => [one, ...below(one.pid)])
  const family = below(child.pid as number)
  onTestFinished(async () => {
    for (const { pid } of family.filter((one) => one.command.includes('main.ts'))) {
      if ((await programs()).some((one) => one.pid === pid)) process.kill(pid, 'SIGKILL')
    }
    child.kill('SIGKILL')
    await ended
    await rm(dataDir, { recursive: true, force: true, maxRetries: 50 })
  })
  const left = async () => {
    const now = await programs()
    return family.filter(({ pid, command }) =>
      now.some((one) => one.pid === pid && one.command === command),
    )
  }
  return { child, family, url, left, output: () => output }
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  '[RUN-60] %s to npm alone ends the server behind it, cleanly',
  patience,
  async (signal) => {
    const { child, family, url, left, output } = await npmStart()
    expect(family.some(({ command }) => command.includes('server/src/main.ts'))).toBe(true)
    child.kill(signal)
    await vi.waitFor(async () => expect(await left()).toEqual([]), 15_000)
    await expect(fetch(`${url}/health`)).rejects.toThrow()
    expect(output()).not.toContain('could not stop')
  },
)

test('[RUN-60] a shell that is killed takes the server with it', patience, async () => {
  const { family, left } = await npmStart()
  const between = family.find(({ command }) => command.startsWith('sh '))
  // Some shells make way for the command; then there is none to kill.
  if (between) process.kill(between.pid, 'SIGKILL')
  else process.kill(family[0]?.parent as number, 'SIGKILL')
  await vi.waitFor(async () => expect(await left()).toEqual([]), 15_000)
})
