// The crew of a channel finds people by name and sees since when they follow; others do not.
import { expect, test } from 'vitest'
import { moderationBench } from './testing.ts'

const bench = await moderationBench()
const { call, database } = bench
const house = await bench.house('lookup')
const at = '/channels/lookup/people'
const namesFor = async (query: string) => {
  const { body } = await call('GET', `${at}?query=${encodeURIComponent(query)}`, house.host)
  return body.people.map(({ username }: { username: string }) => username)
}

test('[SAN-18] accounts are found by the beginning of username or name, never by address', async () => {
  const zia = await bench.person('zia_lantern')
  await bench.person('zia')
  const other = await bench.person('moth_man')
  await database.sql`update users set name = 'Lamp Ziarat' where id = ${other.userId}`
  await bench.guest('Zia Guest')
  expect(await namesFor('zia')).toEqual(['zia', 'moth_man', 'zia_lantern'])
  expect(await namesFor('@ZIA_')).toEqual(['zia_lantern'])
  expect(await namesFor('lantern')).toEqual([])
  await database.sql`update users set email = 'secret@example.org' where id = ${zia.userId}`
  expect(await namesFor('secret')).toEqual([])
  expect(await namesFor('%_')).toEqual([])
  await database.sql`update users set suspended_at = now() where id = ${zia.userId}`
  expect(await namesFor('zia_')).toEqual([])
})

test('[SAN-18] a person is told with their follow, to the crew alone', async () => {
  const fan = await bench.person('lookup_fan')
  const path = `${at}/${fan.userId}`
  const none = await call('GET', path, house.moderator)
  expect(none.body).toMatchObject({ username: 'lookup_fan', followedAt: null, avatarUrl: null })
  await database.sql`
    insert into follows (channel_id, user_id, followed_at)
    values (${house.channelId}, ${fan.userId}, ${new Date(1_750_000_000_000)})`
  const { body } = await call('GET', path, house.host)
  expect(body.followedAt).toBe(1_750_000_000_000)
  expect((await call('GET', path, fan)).body.error.code).toBe('not_allowed')
  expect((await call('GET', `${at}?query=x`, house.host)).body.error.code).toBe('invalid')
})
