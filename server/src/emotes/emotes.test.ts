/** Emotes over HTTP: what owners may do, what rooms are told, what everybody has. */
import { afterAll, expect, test } from 'vitest'
import { animated, html, png } from '../media/testing/pictures.ts'
import { streamsApp } from '../streams/testing.ts'
import { houseEmotes } from './house-emotes.ts'
import { emoteLimits } from './protocol.ts'

const app = await streamsApp()
const { call } = app
afterAll(app.startUpkeep())

async function owner(username: string) {
  const person = await app.person(username)
  const channel = await app.channels.ensure(person.userId)
  return { ...person, channelId: channel?.id as string }
}
const picture = new Uint8Array(await png(64, 64))
const add = (handle: string, code: string, as?: { userId: string }, bytes = picture) =>
  call('POST', `/v1/channels/${handle}/emotes?code=${code}`, { bytes, ...(as && { as }) })
const own = async (handle: string) =>
  (await call('GET', `/v1/channels/${handle}/emotes`)).body.emotes.filter(
    (emote: { isHouse: boolean }) => !emote.isHouse,
  )

test('[EMO-01] an emote is put in, seen by all, renamed and taken out', async () => {
  const as = await owner('emo_a')
  const { status, body } = await add('Emo_A', 'wave', as)
  expect(status).toBe(201)
  expect(body).toEqual({
    code: 'wave',
    id: expect.stringMatching(/^[0-9a-f]{32}$/),
    isAnimated: false,
    isHouse: false,
  })
  const moving = new Uint8Array(await animated('gif', 4))
  expect((await add('emo_a', 'dance', as, moving)).body.isAnimated).toBe(true)
  for (const width of [28, 56, 112]) {
    const reply = await fetch(`${app.url}/v1/media/${body.id}-${width}.webp`)
    expect(reply.headers.get('content-type')).toBe('image/webp')
  }
  const path = '/v1/channels/emo_a/emotes'
  const renamed = await call('PATCH', `${path}/wave`, { json: { code: 'greet' }, as })
  expect(renamed.body).toEqual({ ...body, code: 'greet' })
  const codes = async () => (await own('emo_a')).map(({ code }: { code: string }) => code)
  expect(await codes()).toEqual(['dance', 'greet'])
  expect((await call('DELETE', `${path}/dance`, { as })).status).toBe(204)
  expect(await codes()).toEqual(['greet'])
})

test('[EMO-02] only the owner keeps the emotes of a channel', async () => {
  const as = await owner('emo_mine')
  await add('emo_mine', 'mine', as)
  const others = [
    [undefined, 'unauthenticated'],
    [await app.guest('G'), 'account_required'],
    [await owner('emo_other'), 'not_allowed'],
    [await app.person('emo_adm', { platformRole: 'admin' }), 'not_allowed'],
  ] as const
  for (const [who, code] of others) {
    const asks = who ? { as: who } : {}
    const path = '/v1/channels/emo_mine/emotes/mine'
    expect((await add('emo_mine', 'yours', who)).body.error.code).toBe(code)
    const renaming = await call('PATCH', path, { json: { code: 'yours' }, ...asks })
    expect(renaming.body.error.code).toBe(code)
    expect((await call('DELETE', path, asks)).body.error.code).toBe(code)
  }
  expect((await add('no_channel', 'x1', as)).body.error.code).toBe('not_found')
  expect(await own('emo_mine')).toHaveLength(1)
})

test('[EMO-03] a code is one of a kind in its channel, in its own alphabet', async () => {
  const [a, b] = [await owner('emo_codes'), await owner('emo_codes_b')]
  expect((await add('emo_codes', 'same', a)).status).toBe(201)
  expect((await add('emo_codes', 'same', a)).body.error.code).toBe('code_taken')
  expect((await add('emo_codes_b', 'same', b)).status).toBe(201)
  expect((await add('emo_codes', 'heart', a)).body.error.code).toBe('code_taken')
  for (const code of ['a', 'x'.repeat(25), 'Caps', 'a-b', 'a b', '%F0%9F%98%80', 'a%00b', '']) {
    expect((await add('emo_codes', code, a)).body.error.code, code).toBe('invalid')
  }
  await add('emo_codes', 'second', a)
  const path = '/v1/channels/emo_codes/emotes'
  const rename = async (from: string, to: string) =>
    (await call('PATCH', `${path}/${from}`, { json: { code: to }, as: a })).body.error?.code
  expect(await rename('second', 'same')).toBe('code_taken')
  expect(await rename('second', 'heart')).toBe('code_taken')
  expect(await rename('absent', 'present')).toBe('no_such_emote')
  expect(await rename('second', 'NO')).toBe('invalid')
  expect((await call('DELETE', `${path}/absent`, { as: a })).body.error.code).toBe('no_such_emote')
})

test('[EMO-03] of many who put in one code at once, one succeeds', async () => {
  const as = await owner('emo_race')
  const replies = await Promise.all([1, 2, 3, 4].map(() => add('emo_race', 'race', as)))
  expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409])
})

test('[EMO-04] a channel has a bounded number of emotes, however close the race', async () => {
  const as = await owner('emo_full')
  const [{ id }] = (await app.database.sql<{ id: string }>`select id from media limit 1`) as [
    { id: string },
  ]
  await app.database.sql`
    insert into emotes (channel_id, code, media_id, is_animated, created_at)
    select ${as.channelId}, 'code_' || n, ${id}, false, now()
    from generate_series(1, ${emoteLimits.ownMax - 1}) n`
  const replies = await Promise.all(['one', 'two', 'six'].map((code) => add('emo_full', code, as)))
  expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409])
  const refused = replies.find(({ status }) => status === 409)
  expect(refused?.body.error.code).toBe('too_many_emotes')
  expect(await own('emo_full')).toHaveLength(emoteLimits.ownMax)
})

test('[EMO-05] open rooms learn of every change, and what works in the chat', async () => {
  const as = await owner('emo_rooms')
  app.refreshed.length = 0
  const { body } = await add('emo_rooms', 'first', as)
  const path = '/v1/channels/emo_rooms/emotes'
  await call('PATCH', `${path}/first`, { json: { code: 'last' }, as })
  const { emotes } = await app.desk.chat(as.channelId)
  expect(emotes[0]).toEqual({ code: 'last', id: body.id })
  expect(emotes.slice(1)).toEqual(houseEmotes.map(({ code, id }) => ({ code, id })))
  await call('DELETE', `${path}/last`, { as })
  expect(app.refreshed).toEqual([1, 2, 3].map(() => `channel ${as.channelId}`))
})

test('[EMO-06] every channel has the emotes of the house, and their pictures are there', async () => {
  await owner('emo_house')
  const { body } = await call('GET', '/v1/channels/emo_house/emotes')
  expect(body.emotes).toEqual(houseEmotes)
  expect(houseEmotes.length).toBeGreaterThan(9)
  for (const { id } of houseEmotes) {
    const path = `${app.url}/v1/media/${id}-28.webp`
    await expect.poll(async () => (await fetch(path)).status, { timeout: 15_000 }).toBe(200)
  }
})

test('[EMO-07] what is no picture is no emote', async () => {
  const as = await owner('emo_bad')
  const refused = await add('emo_bad', 'bad', as, new Uint8Array(html))
  expect(refused.body.error.code).toBe('not_a_picture')
  const many = new Uint8Array(await animated('gif', 130, 8))
  expect((await add('emo_bad', 'bad', as, many)).body.error.code).toBe('too_many_frames')
  expect(await own('emo_bad')).toEqual([])
})
