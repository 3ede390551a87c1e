/** A room carried by two relays, with unmodified Colyseus clients on all of them. */
import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { LiveState } from '../../live/state.ts'
import { type CarriedHouse, carriedHouse } from '../../testing/carried-house.ts'
import { type Joined, join } from '../../testing/room-server.ts'
import { relayRoomId } from './relayed-kinds.ts'
import type { OdeonRoom } from '../odeon-room.ts'

let house: CarriedHouse
const open: CarriedHouse['open'] = (...relays) => house.open(...relays)

beforeAll(async () => {
  house = await carriedHouse()
})
afterAll(() => house.stop())

const lines = ({ told }: Joined) =>
  told.filter(({ type }) => type === 'chat.posted').map(({ payload }) => payload.text)
let asked = 0
const ask = (more: object) => ({ requestId: `request-${(asked += 1)}`, ...more })

test('[REL-01] whoever is at a relay sees, says and is answered as at the writer', async () => {
  const { host, at, state } = await open('p1', 'p2')
  const [ann, bob] = [await at('p1', 'ann'), await at('p2', 'bob')]
  expect(ann.welcome).toMatchObject({ you: { id: 'ann', role: 'viewer' } })
  const said = await ann.room.request('chat.send', ask({ text: 'from a relay' }))
  expect(said).toMatchObject({ text: 'from a relay', from: { id: 'ann' } })
  await host.room.request('chat.send', ask({ text: 'from the writer' }))
  await vi.waitFor(() => {
    for (const one of [host, ann, bob]) {
      expect(lines(one)).toEqual(['from a relay', 'from the writer'])
    }
  })
  await bob.room.request('reaction.send', ask({ kind: 'fire', count: 2 }))
  await vi.waitFor(() => {
    expect(state().viewerCount).toBe(2)
    for (const { room } of [host, ann, bob]) {
      expect(room.state.toJSON()).toEqual(state().toJSON())
      expect(room.state.reactions.fire).toBe(2)
    }
  })
})

test('[REL-02] a relay refuses what the writer would refuse, in the same words', async () => {
  const { at } = await open('p1')
  const ann = await at('p1', 'ann')
  const refusal = (name: string, payload: object) =>
    ann.room.request(name, payload).catch((error: { reason?: unknown }) => error.reason)
  expect(await refusal('chat.send', ask({ text: '' }))).toMatchObject({ code: 'invalid' })
  expect(await refusal('stream.end', ask({}))).toMatchObject({ code: 'not_allowed' })
  expect(await refusal('no.such', {})).toMatchObject({ code: 'unknown_command' })
  // What only the writer knows comes from there.
  expect(await refusal('chat.send', ask({ text: 'x', replyTo: 'nothing' }))).toMatchObject({
    code: expect.not.stringMatching('unavailable') as unknown,
  })
})

test('[REL-03] a joiner at a relay gets the same as at the writer: state, welcome, history', async () => {
  const { id, host, at } = await open('p1')
  for (const text of ['a', 'b', 'c']) await host.room.request('chat.send', ask({ text }))
  await vi.waitFor(() => expect(lines(host)).toHaveLength(3))
  const [direct, carried] = [await house.server.join(id, 'user:dan'), await at('p1', 'cia')]
  const { you: _, serverTime: __, ...welcome } = direct.welcome
  await vi.waitFor(() => {
    expect(lines(carried)).toEqual(['a', 'b', 'c'])
    expect(carried.room.state.toJSON()).toEqual(direct.room.state.toJSON())
  })
  expect(carried.welcome).toMatchObject(welcome)
  const gap = await carried.room.request('log.read', { epoch: welcome.epoch, after: 0 })
  expect(gap).toMatchObject({ recovered: true, to: welcome.head })
})

test('[REL-04] moderation reaches people at every relay', async () => {
  const { id, host, at, state } = await open('p1', 'p2')
  const [bad, good] = [await at('p1', 'bad'), await at('p2', 'good')]
  await bad.room.request('chat.send', ask({ text: 'rude' }))
  await vi.waitFor(() => expect(lines(good)).toEqual(['rude']))
  await host.room.request('member.timeout', ask({ userId: 'bad', seconds: 60, reason: 'loud' }))
  await vi.waitFor(() => {
    const told = bad.told.find(({ type }) => type === 'member.changed')
    expect(told?.payload).toMatchObject({ standing: { sanction: { kind: 'timeout' } } })
  })
  const late = bad.room.request('chat.send', ask({ text: 'again' }))
  await expect(late).rejects.toMatchObject({ reason: { code: 'timed_out' } })
  // A timeout takes out what was said: whoever comes later does not get it either.
  const removed = await at('p2', 'late')
  await vi.waitFor(() => expect(lines(removed)).toEqual(['']))
  await host.room.request('role.grant', ask({ userId: 'good', role: 'moderator' }))
  await vi.waitFor(() => {
    expect(good.told.some(({ type }) => type === 'member.changed')).toBe(true)
  })
  const desk = await good.room.request('crew.read', {})
  expect(desk).toMatchObject({ held: [] })
  expect([...state().crew.keys()].sort()).toEqual(['good', 'host'])
  ;(house.server.room(id) as unknown as { dismiss(id: string): void }).dismiss('bad')
  expect((await bad.closed).code).toBe(4403)
})

test('[REL-05] the writer dies: relays find another, and nobody at them notices', async () => {
  const { id, host, at, state, kill } = await open('p1', 'p2')
  const [ann, bob] = [await at('p1', 'ann'), await at('p2', 'bob')]
  await ann.room.request('chat.send', ask({ text: 'one' }))
  const closed: string[] = []
  void ann.closed.then(() => closed.push('ann'))
  void bob.closed.then(() => closed.push('bob'))
  await vi.waitFor(() => expect(state().viewerCount).toBe(2))
  await kill()
  const during = bob.room.request('chat.send', ask({ text: 'while away' }))
  await vi.waitFor(() => expect(house.server.room(id)).toBeDefined(), 15_000)
  expect(await during).toMatchObject({ text: 'while away' })
  await ann.room.request('chat.send', ask({ text: 'three' }))
  await vi.waitFor(() => {
    for (const one of [ann, bob]) expect(lines(one)).toEqual(['one', 'while away', 'three'])
    expect(state().viewerCount).toBe(2)
    expect(ann.room.state.toJSON()).toEqual(state().toJSON())
  })
  expect(closed).toEqual([])
  expect((await host.closed).code).toBe(4421)
  const seqs = ann.told.filter(({ type }) => type.startsWith('chat.')).map((one) => one.payload.seq)
  expect(seqs).toEqual([...seqs].sort((a, b) => (a as number) - (b as number)))
})

test('[REL-05] whoever goes on knows what moderators decided about people at relays', async () => {
  const { id, host, at, state, kill } = await open('p1', 'p2')
  const [tim, mia] = [await at('p1', 'tim'), await at('p2', 'mia')]
  const changes = ({ told }: Joined) => told.filter(({ type }) => type === 'member.changed')
  await host.room.request('member.timeout', ask({ userId: 'tim', seconds: 600 }))
  await host.room.request('role.grant', ask({ userId: 'mia', role: 'moderator' }))
  await vi.waitFor(() => {
    for (const one of [tim, mia]) expect(changes(one)).toHaveLength(1)
  })
  await kill()
  await vi.waitFor(() => expect(house.server.room(id)).toBeDefined(), 15_000)
  const late = tim.room.request('chat.send', ask({ text: 'again' }))
  await expect(late).rejects.toMatchObject({ reason: { code: 'timed_out' } })
  expect(await mia.room.request('crew.read', {})).toMatchObject({ held: [] })
  expect([...state().crew.keys()].sort()).toEqual(['mia'])
})

test('[REL-01] whoever leaves a relay as its last has left', async () => {
  const { at, state } = await open('p1')
  const eve = await at('p1', 'eve')
  await vi.waitFor(() => expect(state().viewerCount).toBe(1))
  await eve.room.leave()
  await vi.waitFor(() => expect(state().viewerCount).toBe(0))
})

test('[REL-21] a room that is not live stays as long as people at relays are in it', async () => {
  const id = 'early'
  const { server } = house
  await server.openStream(id, 'host')
  const host = await server.join(id, 'user:host')
  await house.openRelay(id, 'p1')
  const gus = await join(server.url, relayRoomId(`live_${id}`, 'p1'), 'user:gus', {})
  const writer = server.room(id)
  const state = () => (server.room(id) as unknown as { state: LiveState }).state
  await vi.waitFor(() => expect(state().viewerCount).toBe(1))
  // A beat of the room later it knows that it is carried.
  await vi.waitFor(() => expect(writer.autoDispose).toBe(false), 3_000)
  await host.room.leave()
  await gus.room.request('chat.send', ask({ text: 'still here' }))
  expect(server.room(id)).toBe(writer)
})

test('[REL-06] a relay dies: its people are waited for and are whole again at another', async () => {
  const { id, host, at, state } = await open('p1', 'p2')
  const ann = await at('p1', 'ann')
  await vi.waitFor(() => expect(state().viewerCount).toBe(1))
  const relay = matchMaker.getLocalRoomById(relayRoomId(`live_${id}`, 'p1'))
  house.journal.mood = 'deaf'
  await relay.disconnect(4421)
  house.journal.mood = 'well'
  await ann.closed
  await host.room.request('chat.send', ask({ text: 'missed' }))
  expect(state().viewerCount).toBe(1)
  const again = await at('p2', 'ann')
  const after = { epoch: ann.welcome.epoch, after: ann.welcome.head }
  expect(await again.room.request('log.read', after)).toMatchObject({ recovered: true })
  expect(lines(again)).toContain('missed')
  expect(state().viewerCount).toBe(1)
})

test('[REL-23] a relay hands over: its people have not left, and are counted all the while', async () => {
  const { id, host, at, state } = await open('p1', 'p2')
  const ann = await at('p1', 'ann')
  await vi.waitFor(() => expect(state().viewerCount).toBe(1))
  const relayId = relayRoomId(`live_${id}`, 'p1')
  await (
    matchMaker.getLocalRoomById(relayId) as unknown as { handOver(): Promise<void> }
  ).handOver()
  expect((await ann.closed).code).toBe(4421)
  await vi.waitFor(() => expect(matchMaker.getLocalRoomById(relayId)).toBeUndefined())
  // What the relay said last has been heard by now, and there was a frame behind it.
  await host.room.request('chat.send', ask({ text: 'meanwhile' }))
  await vi.waitFor(() => expect(lines(host)).toEqual(['meanwhile']))
  expect(state().viewerCount).toBe(1)
  await at('p2', 'ann')
  await host.room.request('chat.send', ask({ text: 'again' }))
  await vi.waitFor(() => expect(lines(host)).toEqual(['meanwhile', 'again']))
  expect(state().viewerCount).toBe(1)
})

test('[REL-24] whoever sits at the writer and at a relay is told at both', async () => {
  const { id, host, at } = await open('p1')
  const [carried, direct] = [await at('p1', 'zoe'), await house.server.join(id, 'user:zoe')]
  await host.room.request('chat.send', ask({ text: 'all are here' }))
  await carried.room.request('chat.send', ask({ text: 'and known' }))
  await host.room.request('member.timeout', ask({ userId: 'zoe', seconds: 60 }))
  await vi.waitFor(() => {
    for (const { told } of [carried, direct]) {
      expect(told.filter(({ type }) => type === 'member.changed')).toHaveLength(1)
    }
  })
})

test('[REL-07] a writer that hands over is followed by another at once', async () => {
  const { id, at } = await open('p1')
  const ann = await at('p1', 'ann')
  await ann.room.request('chat.send', ask({ text: 'before' }))
  const count = house.succeeded.length
  await (house.server.room(id) as unknown as { handOver(): Promise<void> }).handOver()
  await vi.waitFor(() => expect(house.succeeded.length).toBeGreaterThan(count), 15_000)
  const said = await ann.room.request('chat.send', ask({ text: 'after' }))
  expect(said).toMatchObject({ text: 'after' })
  await vi.waitFor(() => expect(lines(ann)).toEqual(['before', 'after']))
})

test('[REL-07] a writer that hands over while a frame is being kept says all it has first', async () => {
  const { id, host, at } = await open('p1')
  const fay = await at('p1', 'fay')
  const closed = vi.fn()
  void fay.closed.then(closed)
  const { journal, server, succeeded } = house
  const kept = Promise.withResolvers<void>()
  const append = journal.append.bind(journal)
  const held = vi.spyOn(journal, 'append').mockImplementationOnce(async (...given) => {
    await kept.promise
    await append(...given)
  })
  const room = server.room(id) as unknown as OdeonRoom<never, never, never>
  const said = [host.room.request('chat.send', ask({ text: 'one' }))]
  await vi.waitFor(() => expect(held).toHaveBeenCalled())
  said.push(fay.room.request('chat.send', ask({ text: 'two' })))
  await vi.waitFor(() => expect(room.measure()?.entries).toBe(3))
  const count = succeeded.length
  const handed = room.handOver()
  kept.resolve()
  await handed
  await Promise.allSettled(said)
  await vi.waitFor(() => expect(succeeded.length).toBeGreaterThan(count))
  expect(await fay.room.request('chat.send', ask({ text: 'three' }))).toMatchObject({
    text: 'three',
  })
  await vi.waitFor(() => expect(lines(fay)).toEqual(['one', 'two', 'three']))
  expect(closed).not.toHaveBeenCalled()
})
