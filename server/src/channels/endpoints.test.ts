/** Channels over HTTP: found, paged, changed by their owner and by nobody else. */
import { expect, test } from 'vitest'
import { streamsApp } from '../streams/testing.ts'

const app = await streamsApp()
const { call } = app

async function owner(username: string) {
  const person = await app.person(username)
  await app.channels.ensure(person.userId)
  return person
}

test('[CHN-20] a channel is found by its handle, whatever its case, with the stream that is live', async () => {
  const as = await owner('nightowl')
  const { status, body } = await call('GET', '/v1/channels/NightOwl')
  expect(status).toBe(200)
  expect(body).toEqual({
    id: expect.any(String),
    ownerId: as.userId,
    handle: 'nightowl',
    name: 'nightowl',
    about: '',
    avatarUrl: null,
    bannerUrl: null,
    category: null,
    language: null,
    country: null,
    links: [],
    schedule: [],
    followers: 0,
    settings: {
      chat: {
        slowSeconds: 0,
        followersMinutes: -1,
        subscribersOnly: false,
        emoteOnly: false,
        unique: false,
        delaySeconds: 0,
      },
      holdSuspicious: true,
    },
    statistics: { streams: 0, liveMs: 0, viewersPeak: 0 },
    liveStreamId: null,
    createdAt: expect.any(Number),
    isFollowing: false,
    followedAt: null,
  })
  const { body: stream } = await call('POST', '/v1/streams', { json: { title: 'On' }, as })
  await app.streams.start(stream.id, Date.now())
  expect((await call('GET', '/v1/channels/nightowl')).body.liveStreamId).toBe(stream.id)
  expect((await call('GET', '/v1/channels/nobody')).body.error.code).toBe('not_found')
})

test('[CHN-37] an account opens its channel by the first change of it; nobody opens another one', async () => {
  const as = await app.person('early_bird')
  const other = await app.person('late_bird')
  const change = (by: typeof as) =>
    call('PATCH', '/v1/channels/Early_Bird', { json: { about: 'Soon' }, as: by })
  expect((await change(other)).body.error.code).toBe('not_found')
  expect((await call('GET', '/v1/channels/early_bird')).status).toBe(404)
  expect((await change(as)).body).toMatchObject({ handle: 'early_bird', about: 'Soon' })
  expect((await change(other)).body.error.code).toBe('not_allowed')
})

test('[CHN-21] the owner changes a channel; what is left out stays, null empties', async () => {
  const as = await owner('changer')
  const change = (json: unknown) => call('PATCH', '/v1/channels/changer', { json, as })
  const all = {
    name: 'The Changer',
    about: 'Two\nlines',
    category: 'music',
    language: 'pt-BR',
    country: 'NP',
    links: [{ label: 'Home', url: 'https://example.org/' }],
    schedule: [{ weekday: 4, startMinute: 1_200, durationMinutes: 90, title: 'Friday' }],
  }
  expect((await change({ ...all, settings: { chat: { slowSeconds: 5 } } })).body).toMatchObject(all)
  const { body } = await change({ country: null, settings: { chat: { followersMinutes: 10 } } })
  expect(body).toMatchObject({
    ...all,
    country: null,
    settings: { chat: { slowSeconds: 5, followersMinutes: 10, emoteOnly: false } },
  })
  const { body: told } = await change({ settings: { holdSuspicious: false } })
  expect(told.settings).toEqual({ ...body.settings, holdSuspicious: false })
  expect((await call('GET', '/v1/channels/changer')).body).toEqual(told)
})

test('[CHN-22] nobody but its owner changes a channel, not even an administrator', async () => {
  await owner('mine')
  const json = { name: 'Yours' }
  const change = (as?: { userId: string }) =>
    call('PATCH', '/v1/channels/mine', { json, ...(as && { as }) })
  expect((await change()).status).toBe(401)
  expect((await change(await app.guest('Guest'))).body.error.code).toBe('account_required')
  expect((await change(await owner('other'))).body.error.code).toBe('not_allowed')
  const admin = await app.person('adm', { platformRole: 'admin' })
  expect((await change(admin)).body.error.code).toBe('not_allowed')
  const nowhere = await call('PATCH', '/v1/channels/nowhere', { json, as: admin })
  expect(nowhere.body.error.code).toBe('not_found')
  expect((await call('GET', '/v1/channels/mine')).body.name).toBe('mine')
})

const homeLink = { label: 'Home', url: 'https://example.org' }

test.each([
  ['an empty name', { name: '  ' }],
  ['a long name', { name: 'x'.repeat(61) }],
  ['a script for a link', { links: [{ label: 'x', url: 'javascript:alert(1)' }] }],
  ['a file for a link', { links: [{ label: 'x', url: 'file:///etc/passwd' }] }],
  ['a picture from elsewhere', { avatarUrl: 'https://example.org/a.png' }],
  ['a NUL in a link', { links: [{ label: 'x', url: 'https://example.org/\0' }] }],
  ['a line break in a link', { links: [{ label: 'x', url: 'https://a.b/\njavascript:' }] }],
  ['a password in a link', { links: [{ label: 'x', url: 'https://a:b@example.org' }] }],
  ['too many links', { links: Array.from({ length: 9 }, () => homeLink) }],
  ['no such category', { category: 'misc' }],
  ['no such country', { country: 'Nepal' }],
  [
    'a slot outside the week',
    { schedule: [{ weekday: 7, startMinute: 0, durationMinutes: 5, title: 'x' }] },
  ],
  ['a slower mode than there is', { settings: { chat: { slowSeconds: 121 } } }],
  ['a field that is not theirs to set', { handle: 'other' }],
  ['an unknown setting', { settings: { free: true } }],
])('[CHN-23] %s is refused as invalid', async (_what, json) => {
  const handle = `strict_${Math.random().toString(36).slice(2, 8)}`
  const as = await owner(handle)
  const { status, body } = await call('PATCH', `/v1/channels/${handle}`, { json, as })
  expect([status, body.error.code]).toEqual([400, 'invalid'])
})

test('[CHN-24] channels are listed newest first, page by page', async () => {
  for (const name of ['list_a', 'list_b', 'list_c']) await owner(name)
  const first = await call('GET', '/v1/channels?limit=2')
  const handles = (reply: { body: { channels: { handle: string }[] } }) =>
    reply.body.channels.map((channel) => channel.handle)
  expect(handles(first)).toEqual(['list_c', 'list_b'])
  expect(first.body.more).toBe(true)
  const next = await call('GET', `/v1/channels?limit=1&before=${first.body.channels[1].id}`)
  expect(handles(next)).toEqual(['list_a'])
})

test('[CHN-24] channels are listed by category, language and country', async () => {
  const facts = [
    { category: 'learn', language: 'ne', country: 'NP' },
    { category: 'learn', language: 'en', country: 'NP' },
    { category: 'sport', language: 'ne', country: 'IN' },
  ]
  for (const [n, json] of facts.entries()) {
    const as = await owner(`facet_${n}`)
    await call('PATCH', `/v1/channels/facet_${n}`, { json, as })
  }
  const handles = async (query: string) =>
    (await call('GET', `/v1/channels?${query}`)).body.channels.map(
      (channel: { handle: string }) => channel.handle,
    )
  expect(await handles('category=learn')).toEqual(['facet_1', 'facet_0'])
  expect(await handles('category=learn&language=ne')).toEqual(['facet_0'])
  expect(await handles('language=ne')).toEqual(['facet_2', 'facet_0'])
  expect(await handles('country=IN&category=learn')).toEqual([])
  for (const query of ['category=none', 'language=english', 'country=nepal']) {
    expect((await call('GET', `/v1/channels?${query}`)).status, query).toBe(400)
  }
})
