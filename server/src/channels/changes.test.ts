/** What a change of a channel reaches: whoever read it before, its open rooms, what was stored. */
import { inject, expect, test } from 'vitest'
import { openDatabase } from '../platform/database.ts'
import { databaseUrl } from '../platform/testing/names.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { schema } from '../schema.ts'
import { someNumbers, streamsApp } from '../streams/testing.ts'
import { channelDesk } from './channel-desk.ts'

const app = await streamsApp()
const { call, database, channels } = app
const { forget } = channels
const desk = channelDesk({ database, follows: channels.follows, saved: forget })

async function owner(username: string) {
  const person = await app.person(username)
  const channel = await channels.ensure(person.userId)
  return { ...person, channelId: channel?.id as string }
}
const modes = {
  slowSeconds: 7,
  followersMinutes: 0,
  subscribersOnly: true,
  emoteOnly: true,
  unique: true,
  delaySeconds: 4,
}

test('[CHN-30] what was read before is kept until something of the channel changes', async () => {
  const as = await owner('kept_ch')
  const seen = async () => (await call('GET', '/v1/channels/kept_ch')).body
  await seen()
  await database.sql`update channels set about = 'behind our back' where handle = 'kept_ch'`
  expect((await seen()).about).toBe('')
  await call('PATCH', '/v1/channels/kept_ch', { json: { name: 'Kept' }, as })
  expect(await seen()).toMatchObject({ name: 'Kept', about: 'behind our back' })
  const { body: stream } = await call('POST', '/v1/streams', { json: { title: 'On' }, as })
  await app.streams.start(stream.id, app.now())
  expect((await seen()).liveStreamId).toBe(stream.id)
  await app.streams.end(stream.id, app.now(), someNumbers)
  expect(await seen()).toMatchObject({ liveStreamId: null, statistics: { streams: 1 } })
  await desk.saveModes(as.channelId, modes)
  expect((await seen()).settings.chat).toEqual(modes)
})

test('[CHN-30] that there is no such channel is asked anew each time', async () => {
  expect((await call('GET', '/v1/channels/soon_ch')).status).toBe(404)
  await owner('soon_ch')
  expect((await call('GET', '/v1/channels/soon_ch')).status).toBe(200)
})

test('[CHN-31] open rooms learn of a change of settings', async () => {
  const as = await owner('rooms_ch')
  app.refreshed.length = 0
  const json = { settings: { chat: { slowSeconds: 30 }, holdSuspicious: false } }
  await call('PATCH', '/v1/channels/rooms_ch', { json, as })
  expect(app.refreshed).toEqual([`channel ${as.channelId}`])
  expect(await desk.chat(as.channelId)).toMatchObject({
    modes: { slowSeconds: 30, followersMinutes: -1, unique: false },
    holdSuspicious: false,
    hasReviewer: false,
  })
})

test('[CHN-31] modes that a room saves and settings that the owner changes at once both hold', async () => {
  const as = await owner('both_ch')
  const json = { settings: { holdSuspicious: false } }
  for (let n = 0; n < 10; n += 1) {
    await Promise.all([
      desk.saveModes(as.channelId, { ...modes, slowSeconds: n }),
      call('PATCH', '/v1/channels/both_ch', { json, as }),
    ])
    expect(await desk.chat(as.channelId)).toMatchObject({
      modes: { slowSeconds: n },
      holdSuspicious: false,
    })
  }
})

test('[CHN-32] the three old settings become modes of the chat, with their values', async () => {
  const name = `test_old_${crypto.randomUUID().slice(0, 8)}`
  await database.sql([`create database ${name}`] as unknown as TemplateStringsArray)
  const url = databaseUrl(inject('postgresUrl'), name)
  const migrations = schema.migrations.filter(({ name: step }) => step < '20261122')
  const old = await openDatabase({ url, log: quietLog, schema: { entities: [], migrations } })
  const kept = [
    { slowModeSeconds: 20, followersOnly: true, emoteOnly: true },
    { followersOnly: false },
    {},
  ]
  for (const [n, settings] of kept.entries()) {
    const id = crypto.randomUUID()
    await old.sql`
      insert into users (id, kind, username, name, created_at)
      values (${id}, 'account', ${`old_${n}`}, 'x', now())`
    await old.sql`
      insert into channels (id, owner_id, handle, name, settings, created_at, updated_at)
      values (${id}, ${id}, ${`old_${n}`}, 'x', ${settings}, now(), now())`
  }
  await old.close()
  const now = await openDatabase({ url, log: quietLog, schema })
  const rows = await now.sql<{ settings: object }>`select settings from channels order by handle`
  await now.close()
  await database.sql([`drop database ${name}`] as unknown as TemplateStringsArray)
  expect(rows.map((row) => row.settings)).toEqual([
    { chat: { slowSeconds: 20, followersMinutes: 0, emoteOnly: true } },
    { chat: { followersMinutes: -1 } },
    {},
  ])
})
