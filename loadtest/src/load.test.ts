// The command a person types, against a server with a database of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'

async function load(args: string[]): Promise<{ code: number; said: string }> {
  const file = join(import.meta.dirname, 'load.ts')
  const child = spawn(process.execPath, ['--conditions=development', file, ...args])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

const small = ['--viewers', '60', '--chat', '20', '--reactions', '10', '--seconds', '2']

test('[LOD-09] a load run shows what must hold, the times and its report, and ends well', async () => {
  const { url } = await startTestServer({ rateLimitFactor: 1_000_000 })
  const { code, said } = await load([...small, '--url', url, '--seed', '5'])
  expect(said).toContain('all members hold the same log')
  expect(said).toMatch(/a viewer has it.*( +[\d.]+ ms){4}/)
  expect(said).toMatch(/\d+ s {2}60 in/)
  expect(said).toMatch(/generators .*busiest second/)
  expect(said).not.toContain('BROKEN')
  expect(said).toMatch(/PASSED: all \d+ checks hold/)
  expect(code).toBe(0)
  const page = /Report: (\S+\.html)/.exec(said)?.[1] ?? ''
  const html = await readFile(join(process.cwd(), page), 'utf8')
  expect(html).toContain('<polyline')
  expect(html).not.toMatch(/<script|src=|href=|url\(/)
  const facts = JSON.parse(await readFile(page.replace('.html', '.json'), 'utf8')) as object
  expect(facts).toMatchObject({ plan: { seed: 5 }, missed: [] })
}, 60_000)

test('[LOD-14] a missed target makes a run fail, and sockets that break come back', async () => {
  const { url } = await startTestServer({ rateLimitFactor: 1_000_000 })
  const storm = [
    '--scenario',
    'reconnect-storm',
    '--generators',
    '2',
    '--reply-p99-max-ms',
    '600000',
  ]
  const { said } = await load([...small, '--url', url, ...storm, '--join-p99-max-ms', '1'])
  expect(said).not.toContain('BROKEN')
  expect(said).toMatch(/from a lost socket to the state( +[\d.]+ ms){4}/)
  expect(said).toMatch(/FAIL {2}p99 until a viewer is in: [\d.]+ ms > 1 ms/)
  expect(said).not.toContain('600000 ms')
  expect(said).toContain('FAILED: 1 target missed.')
}, 60_000)

test('[LOD-16] without a compiler a slower client carries the viewers and says so', async () => {
  const { url } = await startTestServer({ rateLimitFactor: 1_000_000 })
  const { code, said } = await load([...small, '--url', url, '--client', 'script'])
  expect(said).toContain('the slower one in TypeScript')
  expect(said).toMatch(/a viewer has it.*( +[\d.]+ ms){4}/)
  expect(said).not.toContain('BROKEN')
  expect(code).toBe(0)
}, 60_000)

test('[LOD-32] a server that counts sign-ins is told apart from one that is broken', async () => {
  const server = await startTestServer({ rateLimitFactor: 1 })
  const { code, said } = await load([...small, '--url', server.url, '--client', 'script'])
  expect(said).toContain('The server limits sign-ins: start it with RATE_LIMIT_FACTOR=1000000')
  expect(code).toBe(1)
}, 60_000)

test('[LOD-34] a room of voices is loaded with people who come to speak and leave again', async () => {
  const { url } = await startTestServer({ rateLimitFactor: 1_000_000 })
  const { code, said } = await load(['--room', 'audio', ...small, '--url', url, '--seed', '5'])
  expect(said).toMatch(/pass.*the same seats and the same queue.*[1-9]\d* seats/)
  expect(said).not.toContain('BROKEN')
  expect(code).toBe(0)
}, 60_000)

test('[LOD-09] a wrong plan is refused by name', async () => {
  expect(await load(['--viewers', '7'])).toEqual({
    code: 1,
    said: '--viewers must be a whole number from 20 to 200000.\n',
  })
})

test.each(['compiled', 'script'])(
  '[LOD-27] Ctrl-C ends a run of the %s client with its report, and leaves nobody behind',
  async (client) => {
    const { url } = await startTestServer({ rateLimitFactor: 1_000_000 })
    const args = [...small, '--seconds', '600', '--url', url, '--client', client]
    const words = [join(import.meta.dirname, 'load.ts'), ...args]
    // A group of its own, which gets the signal as a whole, as from a terminal.
    const child = spawn(process.execPath, ['--conditions=development', ...words], {
      detached: true,
    })
    let said = ''
    let isPressed = false
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (isPressed || !/60 in {2}[1-9]\d* lines/.test(said)) return
      isPressed = true
      process.kill(-(child.pid as number), 'SIGINT')
    })
    const [code] = (await once(child, 'close')) as [number]
    expect(said).toMatch(/ENDED EARLY after \d+ s: (\d+) of \1 checks held/)
    expect(said).toMatch(/a viewer has it.*( +[\d.]+ ms){4}/)
    const page = /Report: (\S+\.html)/.exec(said)?.[1] ?? ''
    expect(await readFile(join(process.cwd(), page), 'utf8')).toContain('ENDED EARLY')
    expect(code).toBe(130)
    expect(() => process.kill(-(child.pid as number), 0)).toThrow('ESRCH')
  },
  60_000,
)

test('[LOD-24] names that do not exist are refused before anything is started', async () => {
  for (const [word, names] of [
    ['--scenario', 'join-storm, mixed, ramp, reconnect-storm, soak, steady'],
    ['--room', 'audio, live'],
  ] as const) {
    const { code, said } = await load([word, 'nope'])
    expect(said).toBe(`${word} must be one of ${names}, not nope.\n`)
    expect(code).toBe(1)
  }
})
