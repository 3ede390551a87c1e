/** Outputs on a real database and over HTTP, before a stand-in of LiveKit's egress service. */
import { testChannelSide } from '../../channels/testing.ts'
import { testApp } from '../../platform/http/testing.ts'
import { addPerson } from '../../platform/testing/people.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { realWorld } from '../../platform/world.ts'
import { destinations } from '../destinations.ts'
import type { Egress } from '../egress.ts'
import { outputEndpoints } from '../endpoints.ts'
import { sealWith } from '../seal.ts'
import { filmBench } from './film-bench.ts'
import { egressOf, type StandInEgress } from './stand-in-egress.ts'
import { testKeeper } from './test-keeper.ts'

/**
 * Ann has a channel, Bob has none, Cia is an administrator. Every host is where 8.8.8.8 is unless
 * `resolved` says so.
 */
export async function outputBench(standIn: StandInEgress) {
  const database = await testDatabase()
  let offsetMs = 0
  const world = { ...realWorld, now: () => Date.now() + offsetMs }
  const { channels } = await testChannelSide(database, world)
  const seal = sealWith([], new Uint8Array(32))
  const resolved = new Map<string, string>()
  const lookup = async (host: string) => [resolved.get(host) ?? '8.8.8.8']
  /** Without bounds, unless a test sets some. */
  const settings = {
    records: true,
    folder: '/out',
    hlsUrl: 'https://cdn.example',
    minutesADay: 0,
    filmsMax: 0,
    runsMax: 0,
    filmHours: 0,
  }
  const egress = egressOf(standIn)
  const filmed = await filmBench({ database, world, channels, settings })
  /** As after a restart: it remembers nothing. */
  const newKeeper = (by: Partial<Egress> = {}) => {
    const own = { ...egress, ...by }
    return testKeeper({ database, world, egress: own, seal, lookup, settings })
  }
  const keeper = newKeeper()
  const desk = (isOffered: boolean) => {
    const given = { database, world, seal, lookup, isOffered, changed: keeper.wake }
    // Read when it is asked, so that a test may set it.
    return destinations({
      ...given,
      get minutesADay() {
        return settings.minutesADay
      },
    })
  }
  const ann = await addPerson(database, 'ann')
  const bob = await addPerson(database, 'bob')
  const cia = await addPerson(database, 'cia', { platformRole: 'admin' })
  const people = new Map([ann, bob, cia].map((one) => [one.userId, one]))
  const app = await testApp({
    endpoints: [
      ...outputEndpoints({ channels, destinations: desk(true), settings }),
      ...filmed.endpoints,
    ],
    authenticate: async (token) => ({ ...people.get(token)!, sid: 'sid' }),
  })

  async function call(method: string, path: string, json?: unknown, as = ann) {
    const headers = { authorization: `Bearer ${as.userId}` }
    const response = await app.fetch(`/v1${path}`, { method, headers, json })
    const text = await response.text()
    return { status: response.status, text, body: text === '' ? undefined : JSON.parse(text) }
  }

  const channel = (await channels.ensure(ann.userId))!
  return {
    ...filmed,
    ...filmed.livesOf(ann.userId, keeper),
    fetch: app.fetch,
    egress,
    settings,
    database,
    world,
    channels,
    keeper,
    newKeeper,
    desk,
    ann,
    bob,
    cia,
    call,
    resolved,
    log: app.log,
    channelId: channel.id,
    pass: (ms: number) => {
      offsetMs += ms
    },
  }
}
