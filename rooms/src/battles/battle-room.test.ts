/** Battles between live rooms as unmodified Colyseus clients meet them; some rooms are killed. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { LiveState } from '../live/state.ts'
import type { MediaTicket } from '../media/protocol.ts'
import { FlakyJournal } from '../testing/flaky-journal.ts'
import { countingWorld, memoryPorts } from '../testing/memory-ports.ts'
import { MemoryMedia } from '../testing/memory-media.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { type BattleMoved, battleLimits, type BattleReply } from './protocol.ts'

const clock = { ahead: 0 }
const journal = new FlakyJournal()
const media = new MemoryMedia()
const world = countingWorld(() => Date.now() + clock.ahead)
const ports = Object.assign(memoryPorts(world, journal), { media })
/** For machines that are busy with other things. */
const slow = { timeout: 90_000 }
let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({}, ports)
})
afterAll(() => server.stop())

let asked = 0
const ask = ({ room }: Joined, command: string, message: object = {}) =>
  room.request(command, { requestId: `request-${(asked += 1)}`, ...message })
const ticket = (who: Joined, streamId: string) =>
  ask(who, 'battle.ticket', { streamId, tab: 'a' }) as Promise<MediaTicket>
const battleOf = ({ room }: Joined) => (room.state as LiveState).battle
const sidesOf = (one: Joined) =>
  battleOf(one)
    .sides.toArray()
    .map(({ streamId, points }) => `${streamId} ${points}`)
const movesOf = ({ told }: Joined) =>
  told
    .filter(({ type }) => type === 'battle.moved')
    .map(({ payload }) => payload as unknown as BattleMoved)
const inPhase = (phase: string, ...all: Joined[]) =>
  vi.waitFor(() => expect(all.map((one) => battleOf(one).phase)).toEqual(all.map(() => phase)), {
    timeout: 8_000,
    interval: 20,
  })

async function pair(name: string) {
  const streams = [`${name}-a`, `${name}-b`] as const
  const hosts: Joined[] = []
  for (const id of streams) {
    await server.openStream(id, `host-${id}`)
    const host = await server.join(id, `user:host-${id}`)
    await ask(host, 'stream.start')
    hosts.push(host)
  }
  const [hostA, hostB] = hosts as [Joined, Joined]
  for (const id of ['ann', 'bob']) ports.gifts.balances.set(id, 100_000)
  const ann = await server.join(streams[0], 'user:ann')
  const bob = await server.join(streams[1], 'user:bob')
  return { a: streams[0], b: streams[1], hostA, hostB, ann, bob }
}
type SignOut = { signOut(userId: string, sid?: string): void }
type Pair = Awaited<ReturnType<typeof pair>>

async function begin({ hostA, hostB, b, ann, bob }: Pair, more: object = {}) {
  const { battleId } = (await ask(hostA, 'battle.invite', {
    rivals: [b],
    minutes: 1,
    ...more,
  })) as BattleReply
  await inPhase('invited', hostA, hostB, ann, bob)
  const reply = await ask(hostB, 'battle.answer', { battleId, accept: true })
  expect(reply).toEqual({ battleId, phase: 'countdown' })
  await inPhase('countdown', ann, bob)
  clock.ahead += battleLimits.countdownMs
  await inPhase('scoring', ann, bob)
  return battleId
}

it(
  '[BTL-01] [BTL-03] two rooms fight: points on both pages, one winner, the terms',
  slow,
  async () => {
    const two = await pair('whole')
    const { a, b, hostA, ann, bob } = two
    const early = ask(ann, 'gift.send', { giftId: 'rose', quantity: 50 })
    await early
    await begin(two, { terms: 'Sing a song' })
    await ask(ann, 'gift.send', { giftId: 'rose', quantity: 3 })
    await ask(bob, 'gift.send', { giftId: 'comet' })
    await ask(bob, 'gift.send', { giftId: 'rose' })
    await vi.waitFor(() => {
      for (const one of [ann, bob]) expect(sidesOf(one)).toEqual([`${a} 3`, `${b} 501`])
    })
    expect(battleOf(ann).toJSON()).toEqual(battleOf(bob).toJSON())
    clock.ahead += 60_000
    await inPhase('tally', ann, bob)
    // Behind the bell.
    await ask(ann, 'gift.send', { giftId: 'comet', quantity: 9 })
    clock.ahead += battleLimits.tallyMs
    await inPhase('victory', ann, bob)
    for (const one of [ann, bob]) {
      expect(battleOf(one)).toMatchObject({ end: 'won', winner: 1 })
      expect(sidesOf(one)).toEqual([`${a} 3`, `${b} 501`])
      const moves = movesOf(one).map(({ what }) => what)
      expect(moves).toEqual(['invited', 'began', 'ended'])
      const [first] = movesOf(one)
      const names = [a, b].map((streamId, team) => ({ streamId, name: expect.any(String), team }))
      expect(first).toMatchObject({ streamId: a, name: expect.any(String), sides: names })
      expect(movesOf(one).at(-1)).toMatchObject({ winner: 1, points: { [a]: 3, [b]: 501 } })
    }
    clock.ahead += battleLimits.victoryMs
    await inPhase('terms', ann, bob)
    // Whoever comes late sees where it stands.
    const late = await server.join(a, 'user:late')
    expect(battleOf(late)).toMatchObject({ phase: 'terms', terms: 'Sing a song', winner: 1 })
    clock.ahead += battleLimits.termsMs
    await inPhase('none', ann, bob)
    // And again.
    const again = (await ask(hostA, 'battle.invite', { rivals: [b] })) as BattleReply
    expect(again.phase).toBe('invited')
  },
)

it('[BTL-02] no by name: viewers, strangers, busy streams, wrong moments', slow, async () => {
  const [two, other] = [await pair('no'), await pair('other')]
  const { a, b, hostA, hostB, ann } = two
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (error: { reason?: { code: string } }) => error.reason?.code,
    )
  const invite = (message: object, by = hostA) => codeOf(ask(by, 'battle.invite', message))
  expect(await invite({ rivals: [b] }, ann)).toBe('not_allowed')
  expect(await invite({ rivals: [a] })).toBe('own_battle')
  expect(await invite({ rivals: ['nobody'] })).toBe('unknown_rival')
  await server.openAudio('voices', 'host-voices')
  const speaker = await server.join('voices', 'user:host-voices')
  await ask(speaker, 'stream.start')
  expect(await invite({ rivals: ['voices'] })).toBe('not_for_voices')
  expect(await invite({ rivals: [b] }, speaker)).toBe('not_for_voices')
  expect(await invite({ rivals: [b], giftId: 'nothing' })).toBe('unknown_gift')
  expect(await invite({ rivals: [b] })).toBe('ok')
  await inPhase('invited', hostB)
  expect(await invite({ rivals: [b] }, other.hostA)).toBe('battle_busy')
  const { id: battleId } = battleOf(hostB)
  const answered = codeOf(ask(hostB, 'battle.answer', { battleId, accept: false }))
  expect(await answered).toBe('ok')
  await inPhase('none', hostA, hostB)
  expect(movesOf(ann).at(-1)).toMatchObject({ what: 'called_off', end: 'rejected' })
  expect(await codeOf(ask(hostB, 'battle.answer', { battleId, accept: true }))).toBe('no_battle')
})

it('[BTL-04] a mist hides the points from the rivals, in their frames too', slow, async () => {
  const two = await pair('mist')
  const { a, hostA, hostB, ann, bob } = two
  const battleId = await begin(two)
  await ask(ann, 'gift.send', { giftId: 'rose', quantity: 7 })
  await vi.waitFor(() => expect(sidesOf(bob)[0]).toBe(`${a} 7`))
  await ask(hostA, 'battle.use', { battleId, power: 'mist' })
  await vi.waitFor(() => expect(battleOf(bob).sides.at(0)?.mistUntil).toBeGreaterThan(0))
  const heard = bob.told.length
  await ask(ann, 'gift.send', { giftId: 'rose', quantity: 424 })
  await vi.waitFor(() => expect(sidesOf(ann)[0]).toBe(`${a} 431`))
  // Something else of the rival's room, told later.
  await ask(hostB, 'battle.use', { battleId, power: 'mist' })
  await vi.waitFor(() => expect(movesOf(bob).at(-1)).toMatchObject({ what: 'misted' }))
  const late = await server.join(two.b, 'user:late')
  const seen = JSON.stringify([bob.told.slice(heard), bob.room.state, late.room.state])
  expect(seen).not.toMatch(/\b(431|424)\b/)
  expect(sidesOf(bob)[0]).toBe(`${a} 7`)
  const again = ask(hostA, 'battle.use', { battleId, power: 'mist' })
  await expect(again).rejects.toMatchObject({ reason: { code: 'power_used' } })
  clock.ahead += battleLimits.mistMs
  await vi.waitFor(() => expect(sidesOf(bob)[0]).toBe(`${a} 431`), { timeout: 5_000 })
})

it(
  '[BTL-10] the audience of one sees the other’s stage, until the battle is over',
  slow,
  async () => {
    const two = await pair('seen')
    const { a, b, hostA, ann } = two
    const refused = { reason: { code: 'no_battle' } }
    await expect(ticket(ann, b)).rejects.toMatchObject(refused)
    await begin(two)
    await expect(ticket(ann, a)).rejects.toMatchObject(refused)
    await expect(ticket(ann, 'another')).rejects.toMatchObject(refused)
    const [first, banned] = [await ticket(ann, b), await ticket(two.bob, a)]
    const peer = await media.connect(first)
    expect(peer.isConnected).toBe(true)
    await expect(peer.publish('camera')).rejects.toThrow('not allowed')
    // Nobody takes such a name for a connection of their own.
    const own = ask(ann, 'media.ticket', { tab: 'visita' })
    await expect(own).rejects.toMatchObject({ reason: { code: 'not_allowed' } })
    const last = await media.connect(banned)
    await ask(hostA, 'stream.end')
    await inPhase('victory', two.bob)
    expect([peer.isConnected, last.isConnected]).toEqual([true, false])
    clock.ahead += battleLimits.victoryMs
    await vi.waitFor(() => expect(peer.isConnected).toBe(false), { timeout: 5_000 })
    await expect(media.connect(first)).resolves.toMatchObject({ isConnected: false })
  },
)

it('[BTL-11] who is not let in there, or is signed out, looks into nothing', slow, async () => {
  const two = await pair('visited')
  await begin(two)
  const { blocked, banned } = ports.streams
  for (const [list, code] of [
    [blocked, 'blocked'],
    [banned, 'not_allowed'],
  ] as const) {
    list.add('ann')
    await expect(ticket(two.ann, two.b)).rejects.toMatchObject({ reason: { code } })
    list.delete('ann')
  }
  const anns = await ticket(two.ann, two.b)
  const peers = [await media.connect(anns), await media.connect(await ticket(two.bob, two.a))]
  const signedOut = async (userId: string, are: boolean[], sid?: string) => {
    for (const id of [two.a, two.b]) (server.room(id) as unknown as SignOut).signOut(userId, sid)
    await vi.waitFor(() => expect(peers.map(({ isConnected }) => isConnected)).toEqual(are))
  }
  await signedOut('ann', [false, true], 'only')
  await expect(media.connect(anns)).resolves.toMatchObject({ isConnected: false })
  await signedOut('bob', [false, false])
})

it('[BTL-07] the stream that ends gives up, and the other has won', slow, async () => {
  const two = await pair('ends')
  const { hostA, bob } = two
  await begin(two)
  await ask(bob, 'gift.send', { giftId: 'rose' })
  await ask(hostA, 'stream.end')
  await inPhase('victory', bob)
  expect(battleOf(bob)).toMatchObject({ end: 'forfeit', winner: 1 })
})

it('[BTL-08] rooms are killed in each phase, and both audiences end with the same', {
  timeout: 90_000,
}, async () => {
  const two = await pair('killed')
  const { a, b } = two
  let { ann, bob } = two
  const kill = async (streamId: string) => {
    journal.mood = 'deaf'
    await server.room(streamId).disconnect(4421)
    await vi.waitUntil(() => server.room(streamId) === undefined)
    journal.mood = 'well'
    await server.reopen(streamId)
    const who = streamId === a ? 'ann' : 'bob'
    return await server.join(streamId, `user:${who}`)
  }
  const { hostA } = two
  const { battleId } = (await ask(hostA, 'battle.invite', {
    rivals: [b],
    minutes: 1,
  })) as BattleReply
  await inPhase('invited', bob)
  bob = await kill(b)
  await inPhase('invited', ann, bob)
  const host = await server.join(b, `user:host-${b}`)
  await ask(host, 'battle.answer', { battleId, accept: true })
  await inPhase('countdown', ann, bob)
  ann = await kill(a)
  clock.ahead += battleLimits.countdownMs
  await inPhase('scoring', ann, bob)
  await ask(ann, 'gift.send', { giftId: 'rose', quantity: 9 })
  // Nothing of this is heard by the other side until it looks.
  ports.battles.isDeaf = true
  bob = await kill(b)
  await ask(bob, 'gift.send', { giftId: 'rose', quantity: 4 })
  ports.battles.isDeaf = false
  ann = await kill(a)
  await vi.waitFor(
    () => {
      for (const one of [ann, bob]) expect(sidesOf(one)).toEqual([`${a} 9`, `${b} 4`])
    },
    { timeout: 8_000 },
  )
  // What was killed took some of the minute.
  clock.ahead = battleOf(ann).endsAt - Date.now()
  await inPhase('tally', ann)
  bob = await kill(b)
  clock.ahead += battleLimits.tallyMs
  await inPhase('victory', ann, bob)
  ann = await kill(a)
  await inPhase('victory', ann, bob)
  for (const one of [ann, bob]) {
    expect(battleOf(one)).toMatchObject({ end: 'won', winner: 0 })
    expect(sidesOf(one)).toEqual([`${a} 9`, `${b} 4`])
  }
  for (const id of [a, b]) {
    const kept = ports.archive.records.get(`live_${id}`) ?? []
    const ends = kept.filter(
      ({ type, entry }) => type === 'battle.moved' && entry['what'] === 'ended',
    )
    expect(ends).toHaveLength(1)
  }
})
