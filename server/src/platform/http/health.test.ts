import { expect, test } from 'vitest'
import { metrics } from '../metrics.ts'
import { healthEndpoint, readyEndpoint } from './health.ts'
import { errorOf, testApp } from './testing.ts'

let databaseWorks = true
let matchmakingAnswers = true
let probed = 0
const never = new Promise<void>(() => undefined)
const measured = metrics()
const guarded = metrics({ token: 'scrape' })
const app = await testApp({
  endpoints: [
    healthEndpoint({ version: '1.2.3', now: () => 5_000 }),
    readyEndpoint({
      timeoutMs: 50,
      keptMs: 0,
      probes: {
        async database() {
          probed += 1
          if (!databaseWorks) throw new Error('password authentication failed for user "odeon"')
        },
        matchmaking: () => (matchmakingAnswers ? Promise.resolve() : never),
      },
    }),
    measured.endpoint,
  ],
})

test('[HTP-19] health tells of the process and tries nothing', async () => {
  const response = await app.fetch('/health')
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    status: 'ok',
    version: '1.2.3',
    startedAt: 5_000,
    uptimeMs: 0,
    memoryBytes: expect.any(Number),
    node: process.versions.node,
  })
  expect(probed).toBe(0)
})

test('[HTP-20] ready when every probe answers, and again after a fault', async () => {
  const ready = await app.fetch('/ready')
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { ready: true, checked: ['database', 'matchmaking'] },
  ])

  databaseWorks = false
  const failed = await app.fetch('/ready')
  expect(failed.status).toBe(503)
  expect(await errorOf(failed)).toMatchObject({
    code: 'not_ready',
    fields: { database: 'failed' },
  })

  databaseWorks = true
  matchmakingAnswers = false
  const late = await app.fetch('/ready')
  expect(late.status).toBe(503)
  expect((await errorOf(late)).fields).toEqual({ matchmaking: 'did not answer in time' })

  matchmakingAnswers = true
  expect((await app.fetch('/ready')).status).toBe(200)
})

test('[HTP-20] a process that is stopping says so, and tries nothing more', async () => {
  let isStopping = false
  let rounds = 0
  const ending = await testApp({
    endpoints: [
      readyEndpoint({
        probes: { part: async () => void (rounds += 1) },
        isStopping: () => isStopping,
      }),
    ],
  })
  expect((await ending.fetch('/ready')).status).toBe(200)
  isStopping = true
  const response = await ending.fetch('/ready')
  expect(response.status).toBe(503)
  expect((await errorOf(response)).fields).toEqual({ process: 'stopping' })
  expect(rounds).toBe(1)
})

test('[HTP-20] a probe that throws at once fails alone', async () => {
  const one = await testApp({
    endpoints: [
      readyEndpoint({
        probes: {
          broken() {
            throw new Error('at once')
          },
          fine: () => Promise.resolve(),
        },
      }),
    ],
  })
  const response = await one.fetch('/ready')
  expect((await errorOf(response)).fields).toEqual({ broken: 'failed' })
})

test('[HTP-20] many who ask at once share one round of probes', async () => {
  let rounds = 0
  const shared = await testApp({
    endpoints: [
      readyEndpoint({ probes: { part: async () => void (rounds += 1) }, keptMs: 60_000 }),
    ],
  })
  await Promise.all(Array.from({ length: 20 }, () => shared.fetch('/ready')))
  expect(rounds).toBe(1)
})

test('[HTP-21] metrics tell of requests and of rooms by their kind', async () => {
  measured.http('GET', '/v1/users/:id', 200, 0.003)
  measured.meter.command('live', 'chat.send', 'ok', 4)
  measured.meter.frame('live', 3, 5_000, 50)
  measured.meter.closed('live', 'flooding')
  measured.meter.skipped('live', 2)
  measured.meter.resynced('live')
  const text = await (await app.fetch('/metrics')).text()
  expect(text).toContain(
    'odeon_http_request_seconds_count{method="GET",route="/v1/users/:id",status="200"} 1',
  )
  expect(text).toContain(
    'odeon_room_command_seconds_count{room="live",command="chat.send",outcome="ok"} 1',
  )
  expect(text).toContain('odeon_room_sent_bytes_total{room="live"} 5000')
  expect(text).toContain('odeon_room_entries_total{room="live"} 150')
  expect(text).toContain('odeon_room_closed_total{room="live",reason="flooding"} 1')
  expect(text).toContain('nodejs_eventloop_lag_seconds')
  expect(text).toContain('odeon_room_skipped_total{room="live"} 2')
})

test('[HTP-21] metrics can ask for a token', async () => {
  const closed = await testApp({ endpoints: [guarded.endpoint] })
  expect((await closed.fetch('/metrics')).status).toBe(401)
  const headers = { authorization: 'Bearer scrape' }
  expect((await closed.fetch('/metrics', { headers })).status).toBe(200)
})
