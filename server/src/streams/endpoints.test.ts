/** Streams and pages of their log over HTTP. */
import { liveRoomId } from '@odeon/rooms'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { someNumbers, streamsApp } from './testing.ts'

const app = await streamsApp()
const { call } = app

test('[CHN-10] an account makes a stream, and with the first one its channel', async () => {
  const host = await app.person('first_timer')
  const json = { title: '  Late   night\tradio ', category: 'music', language: 'ne' }
  const { status, body } = await call('POST', '/v1/streams', { json, as: host })
  expect(status).toBe(201)
  expect(body).toEqual({
    id: expect.any(String),
    title: 'Late night radio',
    category: 'music',
    language: 'ne',
    medium: 'video',
    phase: 'pending',
    startedAt: null,
    endedAt: null,
    channel: {
      id: expect.any(String),
      handle: 'first_timer',
      name: 'first_timer',
      avatarUrl: null,
    },
    hostId: host.userId,
    viewers: 0,
  })
  expect(await call('GET', `/v1/streams/${body.id}`)).toEqual({ status: 200, body })
  const again = await Promise.all(
    [1, 2, 3].map(() => call('POST', '/v1/streams', { json: { title: 'More' }, as: host })),
  )
  expect(new Set(again.map((reply) => reply.body.channel.id))).toEqual(new Set([body.channel.id]))
})

test('[CHN-10] guests, strangers and wrong values make no stream', async () => {
  const host = await app.person('fussy')
  const guest = await app.guest('Guest 1')
  const make = (json: unknown, as?: { userId: string }) =>
    call('POST', '/v1/streams', { json, ...(as && { as }) })
  expect((await make({ title: 'x' })).status).toBe(401)
  expect((await make({ title: 'x' }, guest)).body.error.code).toBe('account_required')
  for (const json of [
    {},
    { title: '' },
    { title: ' \u200b ' },
    { title: 'x'.repeat(141) },
    { title: 'x', category: 'nonsense' },
    { title: 'x', language: 'english' },
    { title: 'x', phase: 'live' },
  ]) {
    const { status, body } = await make(json, host)
    expect([status, body.error.code], JSON.stringify(json)).toEqual([400, 'invalid'])
  }
})

test('[CHN-11] streams are listed newest first, page by page, by phase and by channel', async () => {
  const ids: string[] = []
  for (const name of ['page_a', 'page_b', 'page_c']) {
    const as = await app.person(name)
    const { body } = await call('POST', '/v1/streams', { json: { title: name }, as })
    ids.unshift(body.id)
    await app.streams.start(body.id, Date.now())
    app.viewers.set(body.id, 42)
  }
  const idsOf = (reply: { body: { streams: { id: string }[] } }) =>
    reply.body.streams.map((stream) => stream.id)
  const first = await call('GET', '/v1/streams?phase=live&limit=2')
  expect(idsOf(first)).toEqual(ids.slice(0, 2))
  expect(first.body.more).toBe(true)
  expect(first.body.streams[0]).toMatchObject({ phase: 'live', viewers: 42 })
  const second = await call('GET', `/v1/streams?phase=live&limit=2&before=${ids[1]}`)
  expect(idsOf(second)).toEqual([ids[2]])
  expect(second.body.more).toBe(false)
  expect(idsOf(await call('GET', '/v1/streams?channel=Page_B'))).toEqual([ids[1]])
  for (const query of ['phase=over', 'limit=0', 'limit=101', 'before=x', 'sort=asc']) {
    expect((await call('GET', `/v1/streams?${query}`)).status, query).toBe(400)
  }
})

test('[CHN-12] an ended stream keeps its page: its numbers and its log', async () => {
  const as = await app.person('all_over')
  const { body: stream } = await call('POST', '/v1/streams', { json: { title: 'Over' }, as })
  await app.streams.start(stream.id, 1_000)
  const roomId = liveRoomId(stream.id)
  const { epoch } = await app.archive.open(roomId)
  const entries = Array.from({ length: 150 }, (_, index) => ({
    type: 'chat.posted',
    entry: { seq: index + 1, at: index, id: `m${index}`, text: `line ${index}` },
  }))
  app.archive.append(roomId, epoch, entries)
  await app.streams.end(stream.id, 91_000, someNumbers)
  const page = await call('GET', `/v1/streams/${stream.id}`)
  expect(page.body).toMatchObject({ phase: 'ended', numbers: someNumbers, viewers: 0 })
  const log = `/v1/streams/${stream.id}/log`
  const newest = await call('GET', `${log}?limit=100`)
  expect(newest.body.more).toBe(true)
  expect(newest.body.entries).toHaveLength(100)
  expect(newest.body.entries[0]).toEqual({ type: 'chat.posted', ...entries[50]?.entry })
  const older = await call('GET', `${log}?limit=100&before=51`)
  expect(older.body.more).toBe(false)
  expect(older.body.entries.at(-1).seq).toBe(50)
})

test('[CHN-12] what is not there is not found, and nonsense is invalid', async () => {
  for (const path of [`/v1/streams/${v7()}`, `/v1/streams/${v7()}/log`]) {
    expect((await call('GET', path)).body.error.code, path).toBe('not_found')
  }
  const as = await app.person('asker')
  const { body } = await call('POST', '/v1/streams', { json: { title: 'Quiet' }, as })
  const log = `/v1/streams/${body.id}/log`
  expect(await call('GET', log)).toEqual({ status: 200, body: { entries: [], more: false } })
  expect((await call('GET', '/v1/streams?channel=%00')).status).toBe(400)
  for (const query of ['before=0', 'limit=101', 'before=1e99', 'after=1']) {
    expect((await call('GET', `${log}?${query}`)).status, query).toBe(400)
  }
})
