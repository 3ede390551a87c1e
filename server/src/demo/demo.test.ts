import { ColyseusSDK } from '@colyseus/sdk'
import { describe, expect, test, vi } from 'vitest'
import { categories } from '@odeon/rooms/protocol'
import { openDatabase } from '../platform/database.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { startTestServer, type TestServer } from '../platform/testing/test-server.ts'
import type { Seat } from '../rooms/protocol.ts'
import { schema } from '../schema.ts'
import { audienceLimits, paceFactor } from './audience.ts'
import { opening } from './conversation.ts'
import { demoGuests, demoMark, demoPeople } from './people.ts'
import { chance } from './random.ts'
import { scripts } from './scripts.ts'
import { readablePassword } from './seed.ts'

const server = await startTestServer({ demo: 'on' })

interface Stream {
  id: string
  title: string
  viewers: number
  channel: { handle: string }
}
const liveOf = async ({ fetch }: TestServer) => {
  const reply = await fetch('/v1/streams?phase=live')
  return ((await reply.json()) as { streams: Stream[] }).streams
}
const mainOf = async (server: TestServer) => {
  const found = (await liveOf(server)).find(({ channel }) => channel.handle === scripts[0]![0])
  return found ?? expect.fail('the large stream is not live')
}
const linesOf = async ({ fetch }: TestServer, id: string) => {
  const reply = await fetch(`/v1/streams/${id}/log?limit=100`)
  const { entries } = (await reply.json()) as {
    entries: { type: string; text: string; from: { name: string } }[]
  }
  return entries.filter(({ type }) => type === 'chat.posted')
}

describe('[RUN-50] the first start opens a house with people in it', () => {
  test('a dozen channels, in several languages, one of them Nepali', async () => {
    const reply = await server.fetch('/v1/channels?limit=100')
    const { channels } = (await reply.json()) as {
      channels: { handle: string; about: string; category: string; language: string }[]
    }
    expect(channels).toHaveLength(12)
    expect(channels.every(({ about }) => about.length > 20)).toBe(true)
    const known: readonly string[] = categories
    expect(channels.every(({ category }) => known.includes(category))).toBe(true)
    expect(channels.map(({ language }) => language)).toContain('ne')
    expect(new Set(channels.map(({ language }) => language)).size).toBeGreaterThan(4)
  })

  test('streams are live, people sit in the large one and talk', async () => {
    const { id } = await mainOf(server)
    await vi.waitFor(async () => {
      const now = await mainOf(server)
      expect(now.viewers).toBeGreaterThanOrEqual(scripts[0]![1].present.min)
      expect((await linesOf(server, id)).length).toBeGreaterThan(opening.length)
    }, 15_000)
    const [first] = await linesOf(server, id)
    expect(first).toMatchObject({ from: { name: 'Asha Gurung' }, text: opening[0]![1] })
    await vi.waitFor(async () => {
      const live = await liveOf(server)
      const handles = live.map(({ channel }) => channel.handle)
      expect(handles.toSorted()).toEqual(scripts.map(([host]) => host).toSorted())
      expect(live.every(({ title }) => title.includes('(demo)'))).toBe(true)
    }, 15_000)
  })

  test('somebody real who says something is greeted by name, once', async () => {
    const stream = await mainOf(server)
    const { accessToken: token } = await server.guest('Ottilie')
    const reply = await server.fetch(`/v1/streams/${stream.id}/seat`, { json: {}, token })
    const seat = (await reply.json()) as Seat
    const room = await new ColyseusSDK(server.url).consumeSeatReservation(seat)
    const heard: string[] = []
    room.onMessage('*', (type, payload) => {
      if (type === 'chat.posted') heard.push((payload as { text: string }).text)
    })
    await room.request('chat.send', { requestId: 'hello-0001', text: 'good evening' })
    await room.request('chat.send', { requestId: 'hello-0002', text: 'what a view' })
    const greetings = () => heard.filter((text) => text.includes('Ottilie'))
    await vi.waitFor(() => expect(greetings()).toHaveLength(1), 10_000)
    await room.leave()
  })
})

describe('[RUN-54] the house is furnished beside the start, once', () => {
  interface Shown {
    handle: string
    avatarUrl: string | null
    bannerUrl: string | null
    followers: number
  }

  const furnished = { timeout: 90_000 }

  test('channels have pictures, followers and evenings that are over', furnished, async () => {
    const channels = await vi.waitFor(async () => {
      const reply = await server.fetch('/v1/channels?limit=100')
      const found = ((await reply.json()) as { channels: Shown[] }).channels
      expect(found.filter(({ avatarUrl, bannerUrl }) => !avatarUrl || !bannerUrl)).toEqual([])
      return found
    }, 60_000)
    const picture = await server.fetch(channels[0]!.avatarUrl!)
    expect(picture.headers.get('content-type')).toBe('image/webp')
    expect(channels.reduce((sum, { followers }) => sum + followers, 0)).toBeGreaterThan(20)
    for (const { handle } of channels) {
      const past = await server.fetch(`/v1/channels/${handle}/streams`)
      const { streams } = (await past.json()) as { streams: { numbers: { messages: number } }[] }
      expect(streams.length, handle).toBeGreaterThan(0)
    }
  })

  test('the large one has a moderator, reports wait, evenings went minute by minute', async () => {
    const database = await openDatabase({ url: server.databaseUrl, log: quietLog, schema })
    const [found] = await database.sql<Record<string, number>>`
      select
        (select count(*)::int from channel_moderators) as moderators,
        (select count(*)::int from flags where status = 'pending') as flags,
        (select count(*)::int from emotes) as emotes,
        (select count(*)::int from stream_engagement) as minutes`
    await database.close()
    expect(found).toMatchObject({ moderators: 1, flags: 4, emotes: 5 })
    expect(found!.minutes).toBeGreaterThan(12 * 40)
  })
})

test('[RUN-51] everybody in the demo says that they are made up, and so does the stream', async () => {
  expect((await mainOf(server)).title).toContain('(demo)')
  const database = await openDatabase({ url: server.databaseUrl, log: quietLog, schema })
  const people = await database.sql<{ about: string; email: string; hash: string | null }>`
    select about, email, password_hash as hash from users where name <> 'Ottilie'`
  await database.close()
  expect(people).toHaveLength(demoPeople.length + demoGuests.length)
  expect(people.filter(({ about }) => !about.endsWith(demoMark))).toEqual([])
  expect(people.filter(({ hash }) => hash !== null)).toHaveLength(3)
})

describe('[RUN-52] the evening is seeded and bounded', () => {
  test('the same seed makes the same choices', () => {
    const evening = (seed: number) => {
      const luck = chance(seed)
      return [luck.next(), luck.pick([1, 2, 3]), luck.between(5, 6), luck.shuffled([1, 2, 3, 4])]
    }
    expect(evening(7)).toEqual(evening(7))
    expect(evening(7)).not.toEqual(evening(8))
  })

  test('chance is fair enough and stays inside its bounds', () => {
    const luck = chance(1)
    const counts = [0, 0, 0, 0]
    for (let draw = 0; draw < 4_000; draw += 1) counts[luck.pick([0, 1, 2, 3])]! += 1
    for (const count of counts) expect(count).toBeGreaterThan(850)
    expect(luck.shuffled([1, 2, 3]).toSorted((a, b) => a - b)).toEqual([1, 2, 3])
    expect(() => luck.pick([])).toThrow(RangeError)
  })

  test('they hurry at the opening, and take their time while nobody real is there', () => {
    const { quickFactor, aloneFactor } = audienceLimits
    expect(paceFactor({ haste: quickFactor, real: 0 })).toBe(quickFactor)
    expect(paceFactor({ haste: 1, real: 1 })).toBe(1)
    expect(paceFactor({ haste: 1, real: 0 })).toBe(aloneFactor)
    expect(aloneFactor).toBeGreaterThan(1)
  })

  test('nobody answers somebody who has not spoken, and nobody speaks out of turn', () => {
    for (const exchange of scripts.flatMap(([, script]) => script.exchanges)) {
      expect(exchange[0]![0]).not.toBe('host')
      for (const [, text] of exchange) expect(text.length).toBeLessThanOrEqual(200)
    }
  })

  test('passwords can be read aloud and are not repeated', () => {
    const made = Array.from({ length: 200 }, readablePassword)
    expect(new Set(made).size).toBe(200)
    for (const password of made) expect(password).toMatch(/^[a-hj-km-np-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  })
})
