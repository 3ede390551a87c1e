import { matchMaker } from '@colyseus/core'
import { expect, test, vi } from 'vitest'
import { openDatabase } from './database.ts'
import { quietLog } from './testing/quiet-log.ts'
import { startTestServer } from './testing/test-server.ts'

const server = await startTestServer()

const ready = async () => {
  const reply = await server.fetch('/ready')
  const body = (await reply.json()) as { error?: { fields: Record<string, string> } }
  return { status: reply.status, failed: Object.keys(body.error?.fields ?? {}) }
}
const works = { status: 200, failed: [] }

test('[RUN-22] ready means that database, matchmaking and archive work, each tried', async () => {
  const reply = await server.fetch('/ready')
  expect(await reply.json()).toEqual({
    ready: true,
    checked: ['database', 'matchmaking', 'archive'],
  })
})

test('[RUN-22] without its database the server says so within 5 s, is healthy, and recovers', async () => {
  const name = new URL(server.databaseUrl).pathname.slice(1)
  const url = server.databaseUrl.replace(`/${name}`, '/postgres')
  const admin = await openDatabase({ url, log: quietLog, schema: { entities: [], migrations: [] } })
  const run = (text: string) => admin.sql([text] as unknown as TemplateStringsArray)
  await run(`alter database ${name} allow_connections false`)
  await run(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
  await vi.waitFor(async () => expect((await ready()).failed).toContain('database'), 5_000)
  expect((await server.fetch('/health')).status).toBe(200)
  await run(`alter database ${name} allow_connections true`)
  await vi.waitFor(async () => expect(await ready()).toEqual(works), 5_000)
  await admin.close()
})

test('[RUN-22] matchmaking that does not answer makes the server unready', async () => {
  const broken = vi.spyOn(matchMaker.driver, 'findByIds').mockImplementation(() => {
    throw new Error('no directory')
  })
  await vi.waitFor(async () => expect(await ready()).toMatchObject({ failed: ['matchmaking'] }))
  broken.mockRestore()
  await vi.waitFor(async () => expect(await ready()).toEqual(works))
})
