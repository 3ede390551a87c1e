// What is left of a stream whose host is suspended: its recording and its log are nobody's to read.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { archiveEndpoints } from '../archive/endpoints.ts'
import { PostgresLogArchive } from '../archive/log-archive.ts'
import { testChannelSide } from '../channels/testing.ts'
import { testApp } from '../platform/http/testing.ts'
import { addPerson } from '../platform/testing/people.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { realWorld as world } from '../platform/world.ts'
import { noNumbers, streams as streamsOf } from '../streams/streams.ts'
import { recordingSide } from './recording-side.ts'

test('[OUT-25] recordings and logs of who is suspended are not found, logs but by staff', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-recordings-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const database = await testDatabase()
  const { channels } = await testChannelSide(database, world)
  const streams = streamsOf({ database, world, channels })
  const settings = { keptDays: 60, s3: undefined }
  const recorded = recordingSide({ database, world, log: quietLog, streams, settings, folder })
  const archive = new PostgresLogArchive({ database, log: quietLog, now: world.now })
  const ann = await addPerson(database, 'ann')
  const bob = await addPerson(database, 'bob')
  const mod = await addPerson(database, 'mod', { platformRole: 'moderator' })
  const people = new Map([bob, mod].map((one) => [one.userId, one]))
  const app = await testApp({
    endpoints: [...recorded.endpoints, ...archiveEndpoints({ archive, streams })],
    authenticate: async (token) => ({ ...people.get(token)!, sid: 'sid' }),
  })
  const made = await streams.create(ann.userId, { title: 'First light' })
  if (!('id' in made)) throw new Error('no stream')
  await streams.start(made.id, world.now())
  await streams.end(made.id, world.now(), noNumbers(1))

  const statuses = async () =>
    await Promise.all(
      ['replay', 'replay/entries?after=0', 'log'].map(
        async (path) => (await app.fetch(`/v1/streams/${made.id}/${path}`)).status,
      ),
    )
  expect(await statuses()).toEqual([200, 200, 200])
  await database.sql`update users set suspended_at = now() where id = ${ann.userId}`
  expect(await statuses()).toEqual([404, 404, 404])
  const logAs = async ({ userId }: typeof bob) => {
    const headers = { authorization: `Bearer ${userId}` }
    return (await app.fetch(`/v1/streams/${made.id}/log`, { headers })).status
  }
  expect([await logAs(bob), await logAs(mod)]).toEqual([404, 200])
  expect(await recorded.recordings.segment(made.id, '0-0-x')).toBeNull()
  await database.sql`update users set suspended_at = null where id = ${ann.userId}`
  expect(await statuses()).toEqual([200, 200, 200])
})
