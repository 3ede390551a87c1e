/** Guests of a live room: its floor as a room of pictures has it. */
import { Encoder, schema, t } from '@colyseus/schema'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Chat } from '../chat/state.ts'
import { stateOf as stateIn } from '../kit/journal/past.ts'
import type { MediaTicket } from '../media/protocol.ts'
import { Metrics } from '../metrics/state.ts'
import { ReactionTotals } from '../reactions/state.ts'
import { CrewMember } from '../roster/state.ts'
import { floorBench } from '../testing/floor-bench.ts'
import { MemoryMedia } from '../testing/memory-media.ts'
import { memoryPorts } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { liveKind } from './live-kind.ts'
import { carryOver, stateOf } from './open-state.ts'
import { LiveState } from './state.ts'

const media = new MemoryMedia()
const ports = Object.assign(memoryPorts(), { media })
let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer({}, ports)
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

it('[GST-01] the host has the first of twelve seats; guests ask, are invited, and come', async () => {
  await server.openStream('guests', 'host')
  const host = await server.join('guests', 'user:host')
  const [ann, bob] = [
    await server.join('guests', 'user:ann'),
    await server.join('guests', 'user:bob'),
  ]
  await ask(host, 'stream.start')
  expect(ports.directory.listings.cards()).toMatchObject([{ medium: 'video' }])
  expect(await codeOf(ask(ann, 'floor.sit'))).toBe('not_invited')
  for (const one of [ann, bob]) await ask(one, 'floor.raise')
  for (const userId of ['ann', 'bob']) await ask(host, 'floor.invite', { userId })
  expect(await ask(ann, 'floor.sit')).toMatchObject({ seat: 1 })
  expect(await codeOf(ask(bob, 'floor.sit', { seat: 12 }))).toBe('seat_taken')
  await ask(bob, 'floor.decline')
  await ask(host, 'floor.silence', { userId: 'ann', isSilenced: true })
  expect(await codeOf(ask(ann, 'floor.mute', { isMuted: false }))).toBe('silenced')
  await vi.waitFor(() => {
    const { floor } = (bob.room.state as LiveState).toJSON() as { floor: object }
    expect(floor).toMatchObject({
      seatsMax: 12,
      hands: {},
      speakers: { host: { seat: 0, role: 'host' }, ann: { seat: 1, isSilenced: true } },
    })
  })
  await ask(host, 'floor.remove', { userId: 'ann' })
  expect(await codeOf(ask(ann, 'floor.stand'))).toBe('not_seated')
})

it('[GST-02] who leads may send the screen with its sound, guests without, viewers nothing', () => {
  const { enter, say, media: told, pass, reached } = floorBench(liveKind)
  enter('host', 'host')
  for (const name of ['ann', 'bob']) enter(name)
  const may = () => ['host', 'ann', 'bob', 'nobody'].map((who) => told.mayNow(who))
  const all = 'camera,microphone,screen_share,screen_share_audio'
  const guest = 'camera,microphone,screen_share'
  say('host', 'floor.invite', { userId: 'ann' })
  say('ann', 'floor.sit')
  expect(may()).toEqual([all, guest, 'hidden', 'out'])
  say('host', 'floor.silence', { userId: 'ann', isSilenced: true })
  expect(may()[1]).toBe('camera,screen_share')
  say('host', 'floor.silence', { userId: 'ann', isSilenced: false })
  say('ann', 'floor.mute', { isMuted: false })
  reached.delete('host')
  told.told.length = 0
  pass(30_000)
  expect(may()[1]).toBe(all)
  expect(told.told).toContain('ann is heard')
})

it('[GST-03] before the start who has a seat looks, and nobody else', async () => {
  await server.openStream('early', 'host')
  const [host, ann] = [
    await server.join('early', 'user:host'),
    await server.join('early', 'user:ann'),
  ]
  const ticket = async (of: Joined) => (await ask(of, 'media.ticket', { tab: 'a' })) as MediaTicket
  const hosts = await media.connect(await ticket(host))
  await hosts.publish('screen_share_audio')
  expect(await codeOf(ticket(ann))).toBe('not_begun')
  await ask(host, 'floor.invite', { userId: 'ann' })
  await ask(ann, 'floor.sit')
  const anns = await media.connect(await ticket(ann))
  await ask(ann, 'floor.stand')
  await vi.waitFor(() => expect(anns.isConnected).toBe(false))
  await ask(host, 'stream.start')
  const viewer = await media.connect(await ticket(ann))
  await expect(viewer.publish('camera')).rejects.toThrow()
})

it('[GST-04] an encoder sends for a host who is not in the room, until they are put out', () => {
  const { enter, here, reached, house, media: told, pass, floor } = floorBench(liveKind)
  const encoder = 'host_encoder'
  expect(told.mayNow('host', encoder)).toContain('camera')
  // Nothing else goes on in their name while they are away.
  expect([told.mayNow('host', 'host_a'), told.mayNow('host')]).toEqual(['out', 'out'])
  enter('ann', 'moderator')
  told.owner?.sends('host', ['camera'])
  pass(60_000)
  expect([floor.leaderId, floor.hostAwayUntil]).toEqual(['', 0])
  told.owner?.sends('host', [])
  pass(30_000)
  expect(floor.leaderId).toBe('ann')
  enter('host', 'host')
  house.putOut('host')
  here.delete('host')
  reached.delete('host')
  house.left('host')
  expect(told.mayNow('host', encoder)).toBe('out')
  enter('host', 'host')
  expect(told.mayNow('host')).toContain('camera')
})

it('[GST-05] a room that was written before there were guests goes on with nobody seated', () => {
  const Before = schema({
    streamId: t.string(),
    channelId: t.string(),
    channel: t.string(),
    name: t.string().default(''),
    avatarUrl: t.string().default(''),
    title: t.string(),
    category: t.string().default(''),
    phase: t.string().default('pending'),
    startedAt: t.float64().default(0),
    endedAt: t.float64().default(0),
    viewerCount: t.uint32().default(0),
    crew: t.map(CrewMember),
    chat: t.ref(Chat),
    reactions: t.ref(ReactionTotals),
    metrics: t.ref(Metrics),
  })
  const before = new Before().assign({ streamId: 's', phase: 'live', viewerCount: 7 })
  before.reactions.heart = 3
  const full = Buffer.from(new Encoder(before).encodeAll({ offset: 1 }))
  const read = stateIn([full], new LiveState())
  expect(read).toMatchObject({ streamId: 's', phase: 'live', viewerCount: 7 })
  const facts = ports.streams.add('s', 'host')
  const state = stateOf(facts, { modes: {} as never }, null, liveKind.floor)
  carryOver(state, read)
  expect(state.reactions.heart).toBe(3)
  expect(state.floor.toJSON()).toMatchObject({ seatsMax: 12, speakers: {}, hands: {} })
})
