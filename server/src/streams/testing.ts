/**
 * Channels, streams and their archive over HTTP on a real database; people are their own tokens.
 */
import { TokenRefused } from '@odeon/rooms/ports'
import { archiveEndpoints } from '../archive/endpoints.ts'
import { PostgresLogArchive } from '../archive/log-archive.ts'
import { testChannelSide } from '../channels/testing.ts'
import { testApp } from '../platform/http/testing.ts'
import { addGuest, addPerson, type Person } from '../platform/testing/people.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { realWorld } from '../platform/world.ts'
import { searchEndpoint } from '../search/endpoint.ts'
import { streamEndpoints } from './endpoints.ts'
import { streams } from './streams.ts'

export async function streamsApp() {
  const database = await testDatabase()
  let offsetMs = 0
  const world = { ...realWorld, now: () => Date.now() + offsetMs }
  const viewers = new Map<string, number>()
  const archive = new PostgresLogArchive({ database, log: quietLog, now: world.now })
  const side = await testChannelSide(database, world)
  const { channels } = side
  const someStreams = streams({
    database,
    world,
    channels,
    liveViewers: (streamId) => viewers.get(streamId) ?? 0,
    moved: side.moved,
  })
  const known = new Map<string, Omit<Person, 'username'>>()
  const app = await testApp({
    endpoints: [
      ...side.endpoints,
      searchEndpoint({ database, channels, streams: someStreams }),
      ...streamEndpoints(someStreams, channels),
      ...archiveEndpoints({ archive, streams: someStreams }),
    ],
    authenticate: async (token) => {
      const person = known.get(token)
      if (!person) throw new TokenRefused('unknown')
      return { ...person, sid: 'sid' }
    },
  })
  const remember = <P extends Omit<Person, 'username'>>(person: P): P => {
    known.set(person.userId, person)
    return person
  }
  return {
    database,
    archive,
    ...side,
    url: app.url,
    streams: someStreams,
    viewers,
    now: world.now,
    pass: (ms: number) => {
      offsetMs += ms
    },
    person: async (
      ...args: Parameters<typeof addPerson> extends [unknown, ...infer R] ? R : never
    ) => remember(await addPerson(database, ...args)),
    guest: async (name: string) => remember(await addGuest(database, name)),
    /** Status and body of an answer; `as` is whoever asks. */
    call: async (
      method: string,
      path: string,
      more: { json?: unknown; bytes?: Uint8Array<ArrayBuffer>; as?: { userId: string } } = {},
    ) => {
      const { as, bytes, json } = more
      const headers = {
        ...(as && { authorization: `Bearer ${as.userId}` }),
        ...(bytes && { 'content-type': 'image/png' }),
      }
      const body = bytes ? { body: bytes } : {}
      const response = await app.fetch(path, { method, json, headers, ...body })
      const text = await response.text()
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
    },
  }
}

export const someNumbers = {
  durationMs: 90_000,
  viewersPeak: 7,
  viewersAverage: 3.5,
  viewersUnique: 9,
  watchMinutes: 5,
  messages: 12,
  chatters: 4,
  reactions: 30,
  reactionsByKind: { heart: 20, fire: 10, laugh: 0, clap: 0, wow: 0, cry: 0 },
  joinsPerMinute: [5, 4],
}
