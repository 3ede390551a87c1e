// Setting a reviewer over HTTP: the address is checked, the secret never comes out, rooms hear.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { listeningRoom, moderationBench } from '../testing.ts'

const bench = await moderationBench()
const { call } = bench
const house = await bench.house('reviewed')
const secret = 'sixteen-or-more-of-them'
const path = '/channels/reviewed/reviewer'

const server = createServer((_request, response) => response.end('{"decision":"deny"}'))
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
afterAll(() => {
  server.close()
})

test('[RVW-05] the host sets, reads, tries and removes a reviewer; the secret never comes out', async () => {
  const room = listeningRoom('live_x', house.channelId)
  bench.rooms.push(room.room)
  expect((await call('POST', `${path}/probe`, house.host)).body.error.code).toBe('no_reviewer')
  expect((await call('PUT', path, house.host, { url })).body.error.code).toBe('secret_needed')
  const set = await call('PUT', path, house.host, { url, secret, letsThrough: false })
  expect(set.body).toEqual({ reviewer: { url, timeoutMs: 800, letsThrough: false } })
  expect(room.asked).toEqual(['channel'])
  expect(await bench.moderation.hasReviewer(house.channelId)).toBe(true)
  const kept = await call('PUT', path, house.host, { url, timeoutMs: 500 })
  expect(kept.body.reviewer).toMatchObject({ timeoutMs: 500 })
  expect((await call('POST', `${path}/probe`, house.host)).body).toMatchObject({ outcome: 'deny' })
  const line = { id: 'l1', text: 'x', from: { id: 'u', name: 'U' } }
  expect(await bench.moderation.review(house.channelId, line)).toEqual({ decision: 'deny' })
  const audit = (await call('GET', '/channels/reviewed/audit', house.moderator)).body
  expect(audit.actions).toHaveLength(2)
  expect(JSON.stringify([audit, kept.body])).not.toContain(secret)
  expect((await call('DELETE', path, house.host)).status).toBe(204)
  expect((await call('GET', path, house.host)).body).toEqual({ reviewer: null })
  expect(await bench.moderation.review(house.channelId, line)).toBeNull()
})

test.each(['https://10.0.0.1/', 'https://169.254.169.254/', 'http://reviewer.example/', 'x'])(
  '[RVW-05] %s is refused when it is set',
  async (address) => {
    const { body } = await call('PUT', path, house.host, { url: address, secret })
    expect(body.error.code).toBe('address_refused')
  },
)
