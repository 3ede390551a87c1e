import { expect, onTestFinished, test, vi } from 'vitest'
import type { Logger } from '@odeon/rooms/ports'
import { freePort } from '../../platform/testing/free-port.ts'
import { startTestServer } from '../../platform/testing/test-server.ts'
import { s3StandIn } from '../testing.ts'
import { s3Store } from './s3-store.ts'
import { watchStore } from './watch-store.ts'

const metricsOf = async (server: Awaited<ReturnType<typeof startTestServer>>) =>
  /^odeon_recorder_store_up (\d)$/m.exec(await (await server.fetch('/metrics')).text())?.[1]

test('[REC-15] a server whose S3 cannot be reached starts, says so once by host, and is ready', async () => {
  const host = `127.0.0.1:${await freePort()}`
  const s3 = { endpoint: `http://${host}`, bucket: 'theatre', region: 'eu-test-1' }
  const keys = { accessKeyId: 'AKIDTEST', secretAccessKey: 'a secret that never travels' }
  const server = await startTestServer({ recordings: { keptDays: 60, s3: { ...s3, ...keys } } })
  const said = () => server.log.filter((line) => line.includes('recordings cannot be stored'))
  await vi.waitFor(() => expect(said()).toHaveLength(1), 10_000)
  expect(said()[0]).toContain(`S3 at ${host}, bucket theatre: connect ECONNREFUSED`)
  expect(said()[0]).not.toContain(keys.secretAccessKey)
  expect(JSON.parse(said()[0] ?? '{}')).toMatchObject({ level: 50 })
  expect(await metricsOf(server)).toBe('0')
  expect((await server.fetch('/ready')).status).toBe(200)
})

test('[REC-15] a store that answers again is told, and looked at no more', async () => {
  const s3 = await s3StandIn()
  onTestFinished(() => s3.stop())
  const nowhere = s3Store({ ...s3.settings, bucket: 'nowhere' })
  const there = s3Store(s3.settings)
  let looks = 0
  let isThere = false
  const probe = async () => {
    looks += 1
    await (isThere ? there : nowhere).probe()
  }
  const lines: string[] = []
  const note = (_facts: object, text: string) => void lines.push(text)
  const log = { error: note, warn: note } as unknown as Logger
  const up: boolean[] = []
  const meter = { reached: (isUp: boolean) => void up.push(isUp) }
  const end = watchStore({ store: { place: 'S3', probe }, meter, log, everyMs: 1 })
  onTestFinished(end)
  await vi.waitFor(() => expect(looks).toBeGreaterThan(2))
  isThere = true
  await vi.waitFor(() => expect(lines).toHaveLength(2))
  expect(lines[0]).toBe(
    'recordings cannot be stored: S3: S3 knows no bucket "nowhere"; they wait until it answers',
  )
  expect(lines[1]).toBe('recordings can be stored again: S3 answers')
  expect([up[0], up.at(-1)]).toEqual([false, true])
})

test('[REC-15] a store that never answers keeps no server from ending', async () => {
  const probe = vi.fn(() => new Promise<void>(() => {}))
  const log = {} as unknown as Logger
  const end = watchStore({
    store: { place: 'S3', probe },
    meter: { reached() {} },
    log,
    everyMs: 1,
  })
  expect(probe).toHaveBeenCalledOnce()
  await end()
})
