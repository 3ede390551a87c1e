import { readdir, readFile, readlink, stat } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ColyseusSDK } from '@colyseus/sdk'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openDatabase } from './platform/database.ts'
import { quietLog } from './platform/testing/quiet-log.ts'
import {
  beginServer,
  runServer,
  type ServerProcess,
  startServer,
} from './platform/testing/server-process.ts'
import { testDatabaseUrl } from './platform/testing/test-database.ts'
import type { Seat } from './rooms/protocol.ts'

const patience = { timeout: 60_000 }

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-start-'))
  // A killed server's PostgreSQL may still be storing.
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 50 }))
  return join(folder, 'data')
}

interface Session {
  accessToken: string
}
const adaSignsIn = { email: 'ada@odeon.test', password: 'correct horse battery' }
const ada = { username: 'ada', ...adaSignsIn }

async function ask<T>(
  server: ServerProcess,
  path: string,
  body: object,
  token?: string,
): Promise<T> {
  const reply = await fetch(server.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
  return (await reply.json()) as T
}

/** An account, and a line of chat in its live stream. Resolves when the line is stored. */
async function saySomething(server: ServerProcess): Promise<{ streamId: string }> {
  const { accessToken } = await ask<Session>(server, '/v1/auth/register', ada)
  const { id } = await ask<{ id: string }>(server, '/v1/streams', { title: 'Kept' }, accessToken)
  const seat = await ask<Seat>(server, `/v1/streams/${id}/seat`, {}, accessToken)
  const room = await new ColyseusSDK(server.url).consumeSeatReservation(seat)
  room.reconnection.enabled = false
  room.onMessage('*', () => undefined)
  await room.request('stream.start', { requestId: 'start-0001' })
  await room.request('chat.send', { requestId: 'chat-00001', text: 'will this stay?' })
  await vi.waitFor(
    async () => expect(await textsOf(server, id)).toEqual(['will this stay?']),
    5_000,
  )
  return { streamId: id }
}

async function textsOf(server: ServerProcess, streamId: string): Promise<string[]> {
  const reply = await fetch(`${server.url}/v1/streams/${streamId}/log`)
  const { entries } = (await reply.json()) as { entries: { text?: string }[] }
  return entries.flatMap(({ text }) => text ?? [])
}

/** Programs that run inside a folder, by their working folder. */
async function runningIn(folder: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')))
  return folders.filter((cwd) => cwd.startsWith(folder))
}

test(
  '[RUN-04] what is stored survives a kill -9, and a clean stop leaves nothing running',
  patience,
  async () => {
    const DATA_DIR = await emptyFolder()
    const first = await startServer({ DATA_DIR })
    const { streamId } = await saySomething(first)
    first.kill('SIGKILL')
    expect(await first.ended).toBe('SIGKILL')

    const second = await startServer({ DATA_DIR })
    await ask(second, '/v1/auth/login', adaSignsIn)
    expect(await textsOf(second, streamId)).toEqual(['will this stay?'])
    second.kill('SIGTERM')
    expect(await second.ended).toBe(0)
    expect(second.output().split('once more to stop at once.\n')[1], 'no complaints').toBe('')
    if (process.platform === 'linux') expect(await runningIn(DATA_DIR)).toEqual([])
  },
)

test(
  '[RUN-09] a start that is interrupted ends at once and complains of nothing',
  patience,
  async () => {
    const DATA_DIR = await emptyFolder()
    for (const step of [/(… database)/, /(… migrations)/, /(… demo)/]) {
      const server = await beginServer({ DATA_DIR, DEMO: 'on' }, step)
      server.kill('SIGINT')
      expect(await server.ended).toBe(0)
      expect(server.output().split('once more to stop at once.\n')[1]).not.toMatch(
        /error|fail|at /i,
      )
    }
    const last = await startServer({ DATA_DIR, DEMO: 'on' })
    expect(last.output()).toContain('12 channels')
  },
)

test('[RUN-05] a taken port is told before anything long is done', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as { port: number }
  const DATA_DIR = await emptyFolder()
  const { code, output } = await runServer({ DATA_DIR, HOST: '127.0.0.1', PORT: String(port) })
  expect(code).toBe(1)
  expect(output).toContain(`Port ${port} is taken by another program.`)
  expect(output).toContain(`PORT=${port + 1} npm start`)
  await expect(stat(DATA_DIR)).rejects.toThrow('ENOENT')
})

test('[RUN-02] wrong settings end the start with code 1 and without a stack', async () => {
  const { code, output } = await runServer({ PORT: 'none', DEMO: 'maybe' })
  expect(code).toBe(1)
  expect(output).toContain('Odeon cannot start with these settings:')
  expect(output).toContain('PORT: expected')
  expect(output).toContain('DEMO: expected')
  expect(output).not.toMatch(/\n\s+at /)
})

test('[RUN-06] a database that does not answer is told without its password or a stack', async () => {
  const DATABASE_URL = 'postgres://ada:hunter2@127.0.0.1:9/odeon'
  const { code, output } = await runServer({ DATABASE_URL, PORT: '0', WEB: 'off' })
  expect(code).toBe(1)
  expect(output).toContain('PostgreSQL at 127.0.0.1:9 does not answer')
  expect(output).not.toContain('hunter2')
  expect(output).not.toMatch(/\n\s+at /)
})

test(
  '[RUN-07] a room that cannot end does not keep the process: over within 20 s',
  patience,
  async () => {
    const url = await testDatabaseUrl()
    const server = await startServer({ DATABASE_URL: url, DATA_DIR: await emptyFolder() })
    const { streamId } = await saySomething(server)
    const accessToken = (await ask<Session>(server, '/v1/auth/login', adaSignsIn)).accessToken
    const seat = await ask<Seat>(server, `/v1/streams/${streamId}/seat`, {}, accessToken)
    const room = await new ColyseusSDK(server.url).consumeSeatReservation(seat)
    room.reconnection.enabled = false
    const told: string[] = []
    room.onMessage('*', (type) => told.push(String(type)))
    // From now on nothing can be stored, so a room that stores its log at its end never ends.
    const database = await openDatabase({
      url,
      log: quietLog,
      schema: { entities: [], migrations: [] },
    })
    const release = Promise.withResolvers<void>()
    const held = database.transaction(async (sql) => {
      await sql`lock table log_entries in access exclusive mode`
      await room.request('chat.send', { requestId: 'chat-00002', text: 'stuck' })
      const signalled = Date.now()
      server.kill('SIGTERM')
      expect(await server.ended).toBeTypeOf('number')
      release.resolve()
      return Date.now() - signalled
    })
    const tookMs = await held
    await database.close()
    expect(server.output()).toContain('some rooms did not end in time')
    expect(tookMs).toBeGreaterThan(5_000)
    expect(tookMs).toBeLessThan(20_000)
  },
)

const npmReset = (settings: Record<string, string>, ...words: string[]) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const reset = join(import.meta.dirname, 'reset.ts')
    const child = execFile(
      process.execPath,
      ['--conditions=development', reset, ...words],
      { env: { PATH: process.env.PATH, ...settings } },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
    child.stdin?.end()
  })

test(
  '[RUN-08] reset stops what runs in the data folder and deletes it, when told to',
  patience,
  async () => {
    const DATA_DIR = await emptyFolder()
    const server = await startServer({ DATA_DIR })
    // All that a server ever puts there is its own.
    for (const folder of ['media', 'recordings/live_x', 'mail', 'spool']) {
      await mkdir(join(DATA_DIR, folder), { recursive: true })
    }
    const asked = await npmReset({ DATA_DIR })
    expect(asked).toMatchObject({ code: 1, output: expect.stringContaining('--yes') })
    expect((await fetch(`${server.url}/health`)).status).toBe(200)

    const done = await npmReset({ DATA_DIR, DATABASE_URL: 'postgres://x/y' }, '--yes')
    expect(done).toMatchObject({ code: 0, output: expect.stringContaining('Forgotten.') })
    expect(done.output).toContain('The database of DATABASE_URL was left as it is.')
    expect(await server.ended).toBe(0)
    await expect(stat(DATA_DIR)).rejects.toThrow('ENOENT')
    expect((await npmReset({ DATA_DIR }, '--yes')).output).toContain('Nothing to forget')
  },
)

test('[RUN-08] reset leaves a folder alone that holds what is not Odeon’s', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-start-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'thesis.txt'), 'years of work')
  const { code, output } = await npmReset({ DATA_DIR: folder }, '--yes')
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('thesis.txt') })
  expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('years of work')
})
