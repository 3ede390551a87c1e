import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'
import { type ChatPosted, type LiveConnection, Odeon, type Stream } from './index.ts'

const password = 'correct horse battery'
const logged: unknown[][] = []
let url: string
let ann: Odeon
let stream: Stream
let host: LiveConnection

beforeAll(async () => {
  url = (await startTestServer({ logLevel: 'warn' })).url
  for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...words) => void logged.push(words))
  }
  ann = new Odeon(url)
  await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
  stream = await ann.streams.create({ title: 'First light', category: 'music' })
  host = await ann.live.join(stream.id)
  await host.start()
})
afterAll(async () => {
  await host.leave()
  expect(logged, '[SDK-21] nothing is written to the console').toEqual([])
})

const guest = async (name: string) => {
  const odeon = new Odeon(url)
  await odeon.auth.guest({ name })
  return odeon
}

describe('accounts', () => {
  test('[SDK-13] a guest who registers is the same person; tokens renew; signing out ends it', async () => {
    const odeon = await guest('Wanderer')
    const { id } = odeon.auth.user ?? {}
    const account = { username: 'wanderer', email: 'wanderer@odeon.test', password }
    expect(await odeon.auth.register(account)).toMatchObject({ id, kind: 'account' })
    expect(await odeon.auth.refresh()).toMatchObject({ id, username: 'wanderer' })
    expect(await odeon.me.get()).toEqual(odeon.auth.user)
    await odeon.auth.logout()
    expect(odeon.auth.user).toBeNull()
    await expect(odeon.me.get()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 })
    await odeon.auth.login({ email: account.email, password })
    await odeon.auth.logoutEverywhere()
    expect(await odeon.auth.restore()).toBeNull()
  })

  test('[SDK-12] refusals of the API arrive with code, fields and request id', async () => {
    const odeon = new Odeon(url)
    const taken = { username: 'ann', email: 'other@odeon.test', password }
    await expect(odeon.auth.register(taken)).rejects.toMatchObject({
      code: 'username_taken',
      status: 409,
      fields: { username: expect.any(String) },
      requestId: expect.any(String),
    })
    const wrong = { email: 'ann@odeon.test', password: 'not the password' }
    await expect(odeon.auth.login(wrong)).rejects.toMatchObject({ code: 'wrong_credentials' })
  })

  test('[SDK-17] profiles, blocks and own account have the shapes that are typed', async () => {
    const bob = await guest('Bob')
    const other = ann.auth.user!
    expect(await bob.users.get(other.id)).toMatchObject({ id: other.id, username: 'ann' })
    await bob.me.blocks.add(other.id)
    expect(await bob.me.blocks.list()).toMatchObject([{ user: { id: other.id } }])
    await bob.me.blocks.remove(other.id)
    expect(await bob.me.blocks.list()).toEqual([])
    expect(await bob.me.update({ about: 'Here to listen.' })).toMatchObject({
      about: 'Here to listen.',
    })
    expect(bob.auth.user?.about).toBe('Here to listen.')
    await expect(bob.admin.claim('nothing')).rejects.toMatchObject({ code: 'account_required' })
  })
})

describe('streams and channels', () => {
  test('[SDK-17] have the shapes that are typed', async () => {
    expect(await ann.streams.get(stream.id)).toMatchObject({
      title: 'First light',
      category: 'music',
      phase: 'live',
      endedAt: null,
      startedAt: expect.any(Number),
      channel: { handle: 'ann' },
      hostId: ann.auth.user?.id,
    })
    const live = await ann.streams.list({ phase: 'live', channel: 'ann', limit: 5 })
    expect(live.map(({ id }) => id)).toEqual([stream.id])
    const channel = await ann.channels.update('ann', { about: 'Mornings.', language: 'ne' })
    expect(channel).toMatchObject({ handle: 'ann', about: 'Mornings.', liveStreamId: stream.id })
    expect(await ann.channels.get('ann')).toEqual(channel)
    const { isFollowing, followedAt, ...listed } = channel
    expect({ isFollowing, followedAt }).toEqual({ isFollowing: false, followedAt: null })
    expect(await ann.channels.list()).toEqual([listed])
    await expect(ann.streams.get(crypto.randomUUID())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('live rooms', () => {
  test('[SDK-02] the owner joins as host, anyone else as viewer', async () => {
    const bob = await guest('Bob')
    const room = await bob.live.join(stream.id)
    expect(host.you).toMatchObject({
      id: ann.auth.user?.id,
      name: ann.auth.user?.name,
      role: 'host',
    })
    expect(room.you).toMatchObject({ name: 'Bob', role: 'viewer' })
    expect(room.entries[0]).toMatchObject({ type: 'stream.started' })
    expect(room.state.title).toBe('First light')
    await room.leave()
  })

  test('[SDK-12] a seat that is not to be had is refused by name', async () => {
    const nobody = new Odeon(url)
    await expect(nobody.live.join(stream.id)).rejects.toMatchObject({ code: 'unauthenticated' })
    const nowhere = crypto.randomUUID()
    await expect(ann.live.join(nowhere)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('[SDK-01] history pages join the list without a gap', async () => {
    const bob = await guest('Talker')
    const room = await bob.live.join(stream.id)
    for (const text of ['a', 'b', 'c', 'd']) await room.chat.send(text)
    const fresh = await bob.live.join(stream.id, { backlog: 2 })
    const [first] = fresh.entries
    const page = () => fresh.history({ before: first?.seq ?? 0, limit: 50 })
    await vi.waitFor(async () => {
      const seqs = [...(await page()).entries, ...fresh.entries].map(({ seq }) => seq)
      expect(seqs).toEqual(seqs.map((_, index) => index + 1))
      expect(seqs.length).toBeGreaterThanOrEqual(5)
    }, 5_000)
    await room.leave()
    await fresh.leave()
  })

  test('[SDK-09] a room that starts again under the same id is followed on', async () => {
    const bob = await guest('Steady')
    const room = await bob.live.join(stream.id)
    const heard: ChatPosted[] = []
    const gaps: unknown[] = []
    room.on('chat.posted', (entry, { replayed }) => void (replayed || heard.push(entry)))
    room.on('discontinuity', (gap) => gaps.push(gap))
    await room.chat.send('before')
    const waiting = room.chat.send('as it goes')
    await matchMaker.getLocalRoomById(`live_${stream.id}`).disconnect(4001)
    const entry = await waiting
    await vi.waitFor(
      () => expect([host.connection, room.connection]).toEqual(['live', 'live']),
      5_000,
    )
    await room.chat.send('after')
    await vi.waitFor(() => expect(heard.at(-1)?.text).toBe('after'))
    expect(gaps).toEqual([])
    expect(heard.map(({ text }) => text)).toEqual(['before', 'as it goes', 'after'])
    expect(heard[1]).toEqual(entry)
    await room.leave()
  })

  test('[SDK-23] signing out closes the rooms, and whoever signs in next joins anew', async () => {
    const bob = await guest('Bob')
    const room = await bob.live.join(stream.id)
    await bob.auth.refresh()
    expect(room.connection).toBe('live')
    await bob.auth.logout()
    expect(room.connection).toBe('closed')
    expect(room.closeReason).toBe('signed_out')
    await bob.auth.guest({ name: 'Cia' })
    const again = await bob.live.join(stream.id)
    expect(again.you.name).toBe('Cia')
    await again.leave()
  })

  test('[ACC-33] logging out everywhere reaches rooms of other devices, and signs those out', async () => {
    const account = { email: 'eli@odeon.test', password }
    const [here, there] = [new Odeon(url), new Odeon(url)]
    await here.auth.register({ username: 'eli', ...account })
    await there.auth.login(account)
    const room = await there.me.join()
    await here.auth.logoutEverywhere()
    await vi.waitFor(() => expect(room.connection).toBe('closed'), 10_000)
    expect(room.closeReason).toBe('signed_out')
    expect(there.auth.user).toBeNull()
  })

  test('[ACC-34] a stolen sign-in closes its rooms; each is tried once, and other devices stay', async () => {
    const account = { email: 'kim@odeon.test', password }
    const here = new Odeon(url)
    await here.auth.register({ username: 'kim', ...account })
    const stays = await here.me.join()
    const asked: string[] = []
    class Counted extends WebSocket {
      constructor(address: string, protocols: string[] = []) {
        super(address, protocols)
        asked.push(`socket ${new URL(address).pathname}`)
      }
    }
    const kept: (string | null)[] = []
    const there = new Odeon(url, {
      WebSocket: Counted,
      fetch: (address, init) => {
        asked.push(new URL(new Request(address).url).pathname)
        return fetch(address, init)
      },
      sessionStore: {
        get: () => kept.at(-1) ?? null,
        set: (token) => void kept.push(token),
      },
    })
    await there.auth.login(account)
    const [stolen] = kept
    const rooms = [
      await there.me.join(),
      await there.lobby.join(),
      await there.live.join(stream.id),
    ]
    await there.auth.refresh()
    await there.auth.refresh()
    asked.length = 0
    const headers = { 'x-odeon-client': 'program', 'content-type': 'application/json' }
    const body = JSON.stringify({ refreshToken: stolen })
    const reply = await fetch(`${url}/v1/auth/refresh`, { method: 'POST', headers, body })
    expect(reply.status).toBe(401)
    for (const room of rooms) {
      await vi.waitFor(() => expect(room.connection).toBe('closed'), 10_000)
      expect(room.closeReason).toBe('signed_out')
    }
    expect(there.auth.user).toBeNull()
    expect(asked.filter((path) => path === '/v1/auth/refresh')).toHaveLength(1)
    expect(asked.length).toBeLessThanOrEqual(1 + 2 * rooms.length)
    expect(new Set(asked).size).toBe(asked.length)
    expect([stays.connection, here.auth.user?.username]).toEqual(['live', 'kim'])
    await stays.leave()
  })

  test('[ACC-34] rooms of a guest who registers go on without a break', async () => {
    const lou = await guest('Lou')
    const live = await lou.live.join(stream.id)
    const rooms = [live, await lou.me.join(), await lou.lobby.join()]
    const changes: string[] = []
    for (const room of rooms) room.onConnection((connection) => changes.push(connection))
    await lou.auth.register({ username: 'lou', email: 'lou@odeon.test', password })
    expect(await live.chat.send('going on')).toMatchObject({ text: 'going on' })
    expect(changes).toEqual([])
    await lou.auth.logout()
    expect(rooms.map(({ closeReason }) => closeReason)).toEqual(Array(3).fill('signed_out'))
  })

  test('[SDK-10] the end of a stream is told with its numbers', async () => {
    const dan = new Odeon(url)
    await dan.auth.register({ username: 'dan', email: 'dan@odeon.test', password })
    const own = await dan.streams.create({ title: 'Short' })
    const stage = await dan.live.join(own.id)
    await stage.start()
    await stage.chat.send('hello and goodbye')
    const ended = await stage.end()
    expect(ended.numbers).toMatchObject({ messages: 1, chatters: 1 })
    await vi.waitFor(() => expect(stage.state.phase).toBe('ended'))
    await expect(stage.chat.send('too late')).rejects.toMatchObject({ code: 'chat_closed' })
    await stage.leave()
    await vi.waitFor(async () => {
      expect((await dan.streams.get(own.id)).numbers).toMatchObject({ messages: 1 })
    })
  })
})
