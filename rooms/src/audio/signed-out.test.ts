/** Whoever is signed out or put out of a room, and the media they were in. */
import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { defineRelayRoom } from '../kit/relay/relay-room.ts'
import { relayRoomId } from '../kit/relay/relayed-kinds.ts'
import type { OdeonRoom } from '../kit/odeon-room.ts'
import { liveRoomId } from '../live/room-id.ts'
import type { LiveState } from '../live/state.ts'
import type { MediaTicket } from '../media/protocol.ts'
import { sitDown } from '../testing/fake-socket.ts'
import { FlakyJournal } from '../testing/flaky-journal.ts'
import type { MediaPeer } from '../testing/media-contract.ts'
import { MemoryMedia } from '../testing/memory-media.ts'
import { countingWorld, memoryPorts, namedTokens } from '../testing/memory-ports.ts'
import { join, type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { audioKind } from './audio-kind.ts'

const journal = new FlakyJournal()
const media = new MemoryMedia()
const ports = Object.assign(memoryPorts(countingWorld(), journal), { media })
let server: RoomServer
let opened = 0
let streamId: string
let host: Joined
beforeAll(async () => {
  const admit = (openWith: object, identity: Parameters<typeof ports.streams.admit>[1]) =>
    ports.streams.admit((openWith as { streamId: string }).streamId, identity)
  const kinds = { audio: { ...audioKind, admit } }
  const succeed = () => Promise.resolve()
  const relay = defineRelayRoom({ ...ports, journal, succeed, kinds })
  server = await startRoomServer({ relay }, ports)
})
afterAll(() => server.stop())
beforeEach(async () => {
  opened += 1
  streamId = `voices${opened}`
  await server.openAudio(streamId, 'host')
  host = await join(server.url, liveRoomId(streamId), 'user:host', {})
  await ask(host, 'stream.start')
  await vi.waitFor(() => expect((host.room.state as LiveState).floor?.hasMedia).toBe(true))
})

type Room = OdeonRoom<LiveState, never, never>
const within = { timeout: 5_000, interval: 5 }
const room = () => server.room(streamId) as unknown as Room
const speakers = () => [...(room().state.floor?.speakers.keys() ?? [])]
let asked = 0
const ask = (who: Joined, command: string, message: object = {}) =>
  who.room.request(command, { requestId: `request-${(asked += 1)}`, ...message })
const enter = async (token: string, at = liveRoomId(streamId)) => {
  const who = await join(server.url, at, token, {})
  who.room.reconnection.enabled = false
  return who
}
const connect = async (who: Joined, tab = 'a'): Promise<MediaPeer> =>
  await media.connect((await ask(who, 'media.ticket', { tab })) as MediaTicket)
/** With a seat and a voice that is carried. */
const speak = async (who: Joined): Promise<MediaPeer> => {
  // Of whoever came by a relay the writer hears in a moment.
  await vi.waitFor(() => ask(host, 'floor.invite', { userId: who.welcome.you.id }))
  await ask(who, 'floor.sit')
  const peer = await connect(who)
  await peer.publish('microphone')
  return peer
}
const lose = async ({ room: { connection } }: Joined) => {
  const before = room().clients.length
  connection.close(4010)
  await vi.waitFor(() => expect(room().clients).toHaveLength(before - 1))
}
const isOut = (...peers: MediaPeer[]) =>
  vi.waitFor(() => {
    expect(peers.map(({ isConnected }) => isConnected)).toEqual(peers.map(() => false))
  }, within)

it('[AUD-17] who is signed out is in the media no longer, also with a lost socket', async () => {
  const [fay, gus, hal] = [
    await enter('user:fay'),
    await enter('user:gus'),
    await enter('user:hal'),
  ]
  const peers = [await speak(fay), await speak(gus), await connect(hal), await connect(hal, 'b')]
  const silent = await namedTokens.authenticate('user:fay')
  await sitDown(room() as never, silent, { isSilent: true })
  for (const who of [gus, hal]) await lose(who)
  expect(peers.every(({ isConnected }) => isConnected)).toBe(true)
  for (const userId of ['fay', 'gus', 'hal']) room().signOut(userId)
  await isOut(...peers)
  await vi.waitFor(() => expect(speakers()).toEqual(['host']))
  // By a sign-in that is good they are there again.
  expect(await (await speak(await enter('user:fay~anew'))).sending()).toEqual(['microphone'])
})

it('[AUD-17] who has another sign-in in the room stays, until that ends, too', async () => {
  const [phone, desk] = [await enter('user:ida~phone'), await enter('user:ida~desk')]
  const peer = await speak(desk)
  room().signOut('ida', 'phone')
  expect((await phone.closed).code).toBe(4401)
  await ask(desk, 'floor.mute', { isMuted: true })
  expect([peer.isConnected, speakers()]).toEqual([true, ['host', 'ida']])
  room().signOut('ida', 'desk')
  await isOut(peer)
})

it('[AUD-17] what a sign-in let into the media ends with it, though the person stays by another', async () => {
  const [phone, desk] = [await enter('user:joe~phone'), await enter('user:joe~desk')]
  const ticket = (await ask(phone, 'media.ticket', { tab: 'p' })) as MediaTicket
  const [own, stays] = [await media.connect(ticket), await connect(desk, 'd')]
  room().handOn('joe', { from: 'desk', to: 'laptop' })
  room().signOut('joe', 'phone')
  await isOut(own)
  expect(stays.isConnected).toBe(true)
  await isOut(await media.connect(ticket))
  // The same tab by another sign-in is another's.
  const again = await connect(desk, 'p')
  await ask(desk, 'floor.raise')
  expect([again.isConnected, stays.isConnected]).toEqual([true, true])
  room().signOut('joe', 'laptop')
  await isOut(again, stays)
})

it('[AUD-20] whoever has another sign-in is put out by nothing that theirs left, nor kept out', async () => {
  const [own, thief] = [await enter('user:oda~own'), await enter('user:oda~thief')]
  const ticket = async (who: Joined, tab: string) =>
    (await ask(who, 'media.ticket', { tab })) as MediaTicket
  const owns = await ticket(own, 'v')
  const victim = await media.connect(owns)
  // By the name of the other's tab, too.
  const held: MediaTicket[] = []
  for (const tab of ['v', 'w']) held.push(await ticket(thief, tab))
  const first = await media.connect(held[0] as MediaTicket)
  await ask(own, 'floor.raise')
  expect([victim.isConnected, first.isConnected]).toEqual([true, true])
  room().signOut('oda', 'thief')
  await isOut(first)
  for (const each of held) await isOut(await media.connect(each))
  const again = await media.connect(await ticket(own, 'v'))
  await isOut(victim)
  for (const each of held) await isOut(await media.connect(each))
  expect(again.isConnected).toBe(true)
  // Nor when they left, are signed out meanwhile, and come again.
  void own.room.leave()
  await own.closed
  await isOut(again)
  room().signOut('oda', 'own')
  const anew = await connect(await enter('user:oda~anew'), 'v')
  for (const each of [...held, owns]) await isOut(await media.connect(each))
  expect(anew.isConnected).toBe(true)
})

it('[AUD-17] a suspension reaches whoever is waited for', async () => {
  const [bad, lurks] = [await enter('user:bad'), await enter('user:lurks')]
  const peers = [await speak(bad), await connect(lurks)]
  for (const who of [bad, lurks]) await lose(who)
  for (const userId of ['bad', 'lurks']) room().dismiss(userId)
  await isOut(...peers)
  await vi.waitFor(() => expect(speakers()).toEqual(['host']))
})

it('[AUD-17] who came by relays is out when the last of them has closed', async () => {
  const [one, two] = ['p1', 'p2'].map((id) => relayRoomId(liveRoomId(streamId), id)) as [
    string,
    string,
  ]
  for (const processId of ['p1', 'p2']) {
    const carried = { kind: 'audio', writerId: liveRoomId(streamId), openWith: { streamId } }
    await matchMaker.createRoom('relay', { ...carried, processId })
  }
  // Somebody keeps them open.
  for (const at of [one, two]) await enter(`user:stays_${at}`, at)
  const phone = await enter('user:kim~phone', one)
  const [desk, lia] = [await enter('user:kim~desk', two), await enter('user:lia', one)]
  const peers = [await speak(phone), await speak(lia)] as const
  const signOut = (userId: string, sid?: string) => {
    const carried = [one, two].map((id) => matchMaker.getLocalRoomById(id) as unknown as Room)
    for (const each of [room(), ...carried]) each.signOut(userId, sid)
  }
  signOut('kim', 'phone')
  signOut('lia')
  await isOut(peers[1])
  expect((await phone.closed).code).toBe(4401)
  await isOut(peers[0])
  const at = await connect(desk, 'd')
  await ask(desk, 'floor.mute', { isMuted: true })
  expect(at.isConnected).toBe(true)
  signOut('kim', 'desk')
  await isOut(at)
})

it('[AUD-17] who is waited for since their process ended is out, seated or listening', async () => {
  const [mia, ned] = [await enter('user:mia'), await enter('user:ned')]
  const peers = [await speak(mia), await connect(ned)]
  await room().handOver()
  await vi.waitFor(() => expect(server.room(streamId)).toBeUndefined())
  await server.reopen(streamId)
  await vi.waitFor(() => expect(speakers()).toEqual(['host', 'mia']))
  expect(peers.every(({ isConnected }) => isConnected)).toBe(true)
  for (const userId of ['mia', 'ned']) room().signOut(userId, 'any')
  await isOut(...peers)
  await vi.waitFor(() => expect(speakers()).toEqual(['host']))
})
