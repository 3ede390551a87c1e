import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type ServerProcess, startServer } from '../platform/testing/server-process.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'
import { demoPeople } from './people.ts'

const shown = /(\S+@demo\.example) +(\S+)/g
const passwordsOn = (server: ServerProcess) =>
  new Map(
    [...server.output().matchAll(shown)].map(([, email = '', password = '']) => [email, password]),
  )

async function signsIn(server: ServerProcess, [email, password]: [string, string]) {
  const body = JSON.stringify({ email, password })
  const headers = { 'content-type': 'application/json' }
  return (await fetch(`${server.url}/v1/auth/login`, { method: 'POST', headers, body })).ok
}

test('[RUN-53] passwords of the demo are shown once; DEMO=renew makes new ones and voids the old', {
  timeout: 60_000,
}, async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'odeon-demo-'))
  onTestFinished(() => rm(DATA_DIR, { recursive: true }))
  const settings = { DATA_DIR, DATABASE_URL: await testDatabaseUrl(), DEMO: 'on' }

  const first = await startServer(settings)
  const made = passwordsOn(first)
  expect(made.size).toBe(demoPeople.filter(({ shown: who }) => who !== undefined).length)
  for (const account of made) expect(await signsIn(first, account)).toBe(true)
  first.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  const second = await startServer(settings)
  expect(passwordsOn(second).size).toBe(0)
  expect(second.output()).toContain('new passwords: DEMO=renew npm start')
  for (const account of made) expect(await signsIn(second, account)).toBe(true)
  const channels = await (await fetch(`${second.url}/v1/channels?limit=100`)).json()
  expect(channels).toMatchObject({ channels: { length: demoPeople.length } })
  second.kill('SIGTERM')
  expect(await second.ended).toBe(0)

  const third = await startServer({ ...settings, DEMO: 'renew' })
  const renewed = passwordsOn(third)
  expect([...renewed.keys()]).toEqual([...made.keys()])
  for (const account of renewed) expect(await signsIn(third, account)).toBe(true)
  for (const account of made) expect(await signsIn(third, account)).toBe(false)
})
