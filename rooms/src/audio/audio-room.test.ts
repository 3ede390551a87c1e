/** A room of voices as unmodified Colyseus clients meet it, killed and carried too. */
import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { kitLimits } from '../kit/protocol.ts'
import { defineRelayRoom } from '../kit/relay/relay-room.ts'
import { relayRoomId } from '../kit/relay/relayed-kinds.ts'
import { liveRoomId } from '../live/room-id.ts'
import type { LiveState } from '../live/state.ts'
import type { MediaTicket } from '../media/protocol.ts'
import { FlakyJournal } from '../testing/flaky-journal.ts'
import { MemoryMedia } from '../testing/memory-media.ts'
import { countingWorld, memoryPorts } from '../testing/memory-ports.ts'
import { join, type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { audioKind } from './audio-kind.ts'

const journal = new FlakyJournal()
const media = new MemoryMedia()
/** How far the clock of the rooms is ahead, ms. */
let ahead = 0
const world = countingWorld(() => Date.now() + ahead)
const ports = Object.assign(memoryPorts(world, journal), { media })
let server: RoomServer
beforeAll(async () => {
  const relay = defineRelayRoom({
    ...ports,
    journal,
    succeed: () => Promise.resolve(),
    kinds: {
      audio: {
        ...audioKind,
        admit: (openWith, identity) =>
          ports.streams.admit((openWith as { streamId: string }).streamId, identity),
      },
    },
  })
  server = await startRoomServer({ relay }, ports)
})
afterAll(() => server.stop())

let asked = 0
const ask = ({ room }: Joined, command: string, message: object = {}) =>
  room.request(command, { requestId: `request-${(asked += 1)}`, ...message })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { reason?: { code: string } }) => error.reason?.code,
  )
const floorOf = ({ room }: Joined) => (room.state as LiveState).floor
const seatsOf = (who: Joined) =>
  Object.fromEntries(
    Array.from(floorOf(who)?.speakers ?? [], ([id, { seat, role }]) => [id, `${role} ${seat}`]),
  )
const queueOf = (who: Joined) =>
  Array.from(floorOf(who)?.hands ?? [])
    .sort(([, one], [, other]) => one.no - other.no)
    .map(([id]) => id)

interface Refreshed {
  refreshStanding(this: unknown, userId: string): Promise<void>
}

async function open(id: string): Promise<Joined> {
  await server.openAudio(id, 'host')
  const host = await server.join(id, 'user:host')
  await ask(host, 'stream.start')
  return host
}

it('[AUD-01] people listen, raise hands and come to speak; everybody sees the same', async () => {
  const host = await open('talk')
  const [eve, bob] = [await server.join('talk', 'user:eve'), await server.join('talk', 'user:bob')]
  expect(ports.directory.listings.cards()).toMatchObject([{ streamId: 'talk', medium: 'audio' }])
  for (const one of [bob, eve]) await ask(one, 'floor.raise')
  await ask(eve, 'chat.send', { text: 'hello' })
  await ask(host, 'floor.invite', { userId: 'eve' })
  expect(await ask(eve, 'floor.sit')).toMatchObject({ who: { id: 'eve' }, seat: 1 })
  await vi.waitFor(() => {
    for (const one of [host, eve, bob]) {
      expect(seatsOf(one)).toEqual({ host: 'host 0', eve: 'speaker 1' })
      expect(queueOf(one)).toEqual(['bob'])
      expect(one.told.map(({ type }) => type)).toContain('floor.seated')
    }
  })
  await ask(host, 'member.timeout', { userId: 'eve', seconds: 60 })
  await vi.waitFor(() => expect(seatsOf(bob)).toEqual({ host: 'host 0' }))
  expect(await codeOf(ask(bob, 'stream.end'))).toBe('not_allowed')
  expect(await codeOf(ask(host, 'stream.end'))).toBe('ok')
  await vi.waitFor(() => expect([seatsOf(bob), queueOf(bob)]).toEqual([{}, []]))
})

it('[AUD-08] voices follow seats: who may not speak is not heard, who is put out is cut off', async () => {
  const host = await open('heard')
  const [fay, gus] = [
    await server.join('heard', 'user:fay'),
    await server.join('heard', 'user:gus'),
  ]
  await vi.waitFor(() => expect(floorOf(fay)?.hasMedia).toBe(true))
  const connect = async (who: Joined) =>
    await media.connect((await ask(who, 'media.ticket', { tab: 'a' })) as MediaTicket)
  const [fays, guses] = [await connect(fay), await connect(gus)]
  await expect(fays.publish('microphone')).rejects.toThrow()
  for (const userId of ['fay', 'gus']) await ask(host, 'floor.invite', { userId })
  for (const one of [fay, gus]) await ask(one, 'floor.sit')
  for (const one of [fays, guses]) await one.publish('microphone')
  await expect(fays.publish('camera')).rejects.toThrow()
  const audible = () => floorOf(host)?.speakers.get('fay')?.isAudible
  await vi.waitFor(() => expect(audible()).toBe(true))
  await ask(host, 'floor.silence', { userId: 'fay', isSilenced: true })
  await vi.waitFor(() => expect(fays.publish('microphone')).rejects.toThrow())
  await vi.waitFor(() => expect(audible()).toBe(false))
  await ask(host, 'floor.remove', { userId: 'gus' })
  await vi.waitFor(() => expect(guses.publish('microphone')).rejects.toThrow())
  expect(guses.isConnected).toBe(true)
  ports.streams.blocked.add('gus')
  await (
    server.room('heard') as unknown as { refreshStanding(id: string): Promise<void> }
  ).refreshStanding('gus')
  expect(guses.isConnected).toBe(false)
  media.turn(false)
  await vi.waitFor(() => expect(floorOf(fay)?.hasMedia).toBe(false))
  expect(await codeOf(ask(fay, 'media.ticket', { tab: 'b' }))).toBe('media_unavailable')
  expect(await codeOf(ask(fay, 'chat.send', { text: 'still here' }))).toBe('ok')
  media.turn(true)
  await vi.waitFor(() => expect(floorOf(fay)?.hasMedia).toBe(true))
  const again = await connect(fay)
  await ask(host, 'stream.end')
  await vi.waitFor(() => expect(again.isConnected).toBe(false))
})

async function kill(id: string): Promise<void> {
  journal.mood = 'deaf'
  await server.room(id).disconnect(4421)
  await vi.waitUntil(() => server.room(id) === undefined)
  journal.mood = 'well'
  await server.reopen(id)
}

it('[AUD-11] [AUD-15] a killed room goes on with seats, queue, mutes and names as they were', async () => {
  const host = await open('killed')
  const people = ['ann', 'bob', 'cia', 'dan']
  const [ann, bob, cia, dan] = (await Promise.all(
    people.map((name) => server.join('killed', `user:${name}`)),
  )) as [Joined, Joined, Joined, Joined]
  for (const userId of ['ann', 'dan']) await ask(host, 'floor.invite', { userId })
  await ask(ann, 'floor.sit', { seat: 5 })
  await ask(host, 'floor.silence', { userId: 'ann', isSilenced: true })
  await ask(host, 'floor.successor', { userId: 'ann' })
  for (const one of [cia, bob]) await ask(one, 'floor.raise')
  await vi.waitFor(() => expect(queueOf(dan)).toEqual(['cia', 'bob']))
  const ticket = (await ask(host, 'media.ticket', { tab: 'a' })) as MediaTicket
  const voice = await media.connect(ticket)
  await voice.publish('microphone')

  await kill('killed')
  const [back, late] = [
    await server.join('killed', 'user:cia'),
    await server.join('killed', 'user:new'),
  ]

  for (const one of [back, late]) {
    expect(seatsOf(one)).toEqual({ host: 'host 0', ann: 'speaker 5' })
    expect(queueOf(one)).toEqual(['cia', 'bob'])
    expect(floorOf(one)).toMatchObject({ successorId: 'ann' })
    expect(floorOf(one)?.speakers.get('ann')).toMatchObject({ isSilenced: true, isMuted: true })
    expect(floorOf(one)?.invitations.has('dan')).toBe(true)
  }
  // Who was heard is heard all the while.
  expect(voice.isConnected).toBe(true)
  await vi.waitFor(() => expect(floorOf(back)?.speakers.get('host')?.isAudible).toBe(true))
  expect(await codeOf(ask(back, 'floor.raise'))).toBe('hand_up')
  await ask(late, 'floor.raise')
  await vi.waitFor(() => expect(queueOf(back)).toEqual(['cia', 'bob', 'new']))
  // What is decided about somebody who is on the way back holds at once.
  const facts = { id: 's', kind: 'ban', until: null, reason: null, by: 'host' } as const
  const sanction = { ...facts, scope: 'channel', mayAppeal: true } as const
  ports.streams.standing = (userId) =>
    userId === 'ann' ? { sanction, isVip: false, followedAt: null } : undefined
  const { refreshStanding } = server.room('killed') as unknown as Refreshed
  await refreshStanding.call(server.room('killed'), 'ann')
  await vi.waitFor(() => expect(seatsOf(back)).toEqual({ host: 'host 0' }), { timeout: 10_000 })
  ports.streams.standing = () => undefined
})

it('[AUD-16] a successor waits for nobody who was put out or had left, and not for ever', async () => {
  const host = await open('gone')
  const names = ['out', 'left', 'back', 'away']
  const people = await Promise.all(names.map((name) => server.join('gone', `user:${name}`)))
  const ticket = async (who: Joined, tab: string) =>
    (await ask(who, 'media.ticket', { tab })) as MediaTicket
  // With all of them in a snapshot, which what is written behind it goes past.
  ahead += kitLimits.snapshotEveryMs
  await ask(host, 'chat.send', { text: 'all of us' })
  names.push('late')
  people.push(await server.join('gone', 'user:late'))
  for (const one of people) await media.connect(await ticket(one, 'a'))
  const kept = await Promise.all(people.map((one) => ticket(one, 'b')))
  ports.streams.blocked.add('out')
  const { refreshStanding } = server.room('gone') as unknown as Refreshed
  await refreshStanding.call(server.room('gone'), 'out')
  await people[1]?.room.leave()
  const viewers = () => (host.room.state as LiveState).viewerCount
  await vi.waitFor(() => expect(viewers()).toBe(3))

  await kill('gone')
  const again = await Promise.all(kept.map((one) => media.connect(one)))
  const connected = () => names.filter((_, at) => again[at]?.isConnected)
  expect(connected()).toEqual(['back', 'away', 'late'])
  await server.join('gone', 'user:back')
  await expect(server.join('gone', 'user:out')).rejects.toThrow('blocked')
  ports.streams.blocked.delete('out')
  for (const name of ['out', 'left']) {
    const peer = await media.connect(await ticket(await server.join('gone', `user:${name}`), 'c'))
    expect(peer.isConnected).toBe(true)
  }
  ahead += kitLimits.resumeWindowMs
  await vi.waitFor(() => expect(connected()).toEqual(['back']), { timeout: 10_000 })
})

it('[AUD-12] at a relay people take part as at the writer', async () => {
  const host = await open('carried')
  const writerId = liveRoomId('carried')
  const openWith = { streamId: 'carried' }
  await matchMaker.createRoom('relay', { kind: 'audio', writerId, openWith, processId: 'p1' })
  const at = (name: string) => join(server.url, relayRoomId(writerId, 'p1'), `user:${name}`, {})
  const [ann, bob] = [await at('ann'), await at('bob')]
  await ask(ann, 'floor.raise')
  expect(await codeOf(ask(ann, 'floor.raise'))).toBe('hand_up')
  expect(await codeOf(ask(bob, 'floor.invite', { userId: 'ann' }))).toBe('not_allowed')
  await vi.waitFor(() => expect([queueOf(host), queueOf(bob)]).toEqual([['ann'], ['ann']]))
  await ask(host, 'floor.invite', { userId: 'ann' })
  await ask(ann, 'floor.sit')
  await ask(host, 'floor.successor', { userId: 'ann' })
  await vi.waitFor(() => {
    expect(bob.room.state.toJSON()).toEqual(host.room.state.toJSON())
    expect(seatsOf(bob)).toEqual({ host: 'host 0', ann: 'speaker 1' })
  })
  await ann.room.leave()
  await vi.waitFor(() => expect(seatsOf(bob)).toEqual({ host: 'host 0' }))
})
