/** What ends in a room with a sign-in: its sockets and seats at once, and nobody else's. */
import { matchMaker } from '@colyseus/core'
import { ColyseusSDK } from '@colyseus/sdk'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type LiveState, liveRoomId } from '../index.ts'
import type { Admission } from '../ports.ts'
import { sitDown } from '../testing/fake-socket.ts'
import { namedTokens } from '../testing/memory-ports.ts'
import { type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { kitLimits } from './protocol.ts'
import type { SocketRoom } from './socket-room.ts'

let server: RoomServer
let opened = 0
let streamId: string
beforeAll(async () => {
  server = await startRoomServer()
})
afterAll(() => server.stop())

type Room = SocketRoom<LiveState>
const room = () => server.room(streamId) as unknown as Room
const join = async (token: string): Promise<Joined> => {
  const joined = await server.join(streamId, token)
  joined.room.reconnection.enabled = false
  return joined
}
const open = async () => {
  opened += 1
  streamId = `stream${opened}`
  await server.openStream(streamId, 'host')
  return join('user:host')
}
const viewers = () => room().state.viewerCount
const reserve = async (token: string) =>
  matchMaker.reserveSeatFor(
    (await matchMaker.query({ roomId: liveRoomId(streamId) }))[0] as never,
    {},
    await namedTokens.authenticate(token),
  )

it('[ACC-34] the sockets of a sign-in close with it, and those of another stay', async () => {
  const host = await open()
  const [phone, tab] = [await join('user:bob~phone'), await join('user:bob~phone')]
  const desk = await join('user:bob~desk')
  const namesake = await join('user:ann~phone')
  room().signOut('bob', 'phone')
  for (const gone of [phone, tab]) expect((await gone.closed).code).toBe(4401)
  for (const stays of [desk, namesake, host]) expect(stays.room.connection.isOpen).toBe(true)
  const said = { requestId: 'request-1', text: 'still here' }
  expect(await desk.room.request('chat.send', said)).toMatchObject({ text: 'still here' })
  await vi.waitFor(() => expect(viewers()).toBe(2))
  room().signOut('bob', 'desk')
  expect((await desk.closed).code).toBe(4401)
  await vi.waitFor(() => expect(viewers()).toBe(1))
})

it('[ACC-34] who does not answer the close has left all the same, and once', async () => {
  await open()
  const bob = await namedTokens.authenticate('user:bob~phone')
  const again = await namedTokens.authenticate('user:bob~desk')
  const silent = await sitDown(room() as never, bob, { isSilent: true })
  await vi.waitFor(() => expect(viewers()).toBe(1))
  room().signOut('bob', 'phone')
  await vi.waitFor(() => expect(viewers()).toBe(0))
  // Whoever came meanwhile does not leave with the old socket.
  await sitDown(room() as never, again)
  silent.leave()
  await vi.waitFor(() => expect(room().clients).toHaveLength(2))
  await vi.waitFor(() => expect(viewers()).toBe(1))
})

it('[ACC-34] seats that wait for a socket, new or lost, are given up with their sign-in', async () => {
  await open()
  const [phone, desk] = [await join('user:bob~phone'), await join('user:bob~desk')]
  const lost = [phone, desk].map((joined) => joined.room.reconnectionToken)
  for (const joined of [phone, desk]) joined.room.connection.close(4010)
  await vi.waitFor(() => expect(room().clients).toHaveLength(1))
  for (let seats = 1; seats < kitLimits.pendingSeatsMax; seats += 1) await reserve('user:bob~desk')
  const waiting = await reserve('user:bob~phone')
  const { seats, world } = server.ports
  for (let held = 0; held < kitLimits.pendingSeatsMax; held += 1) {
    seats.take('bob', world.now(), world.now() + 15_000)
  }
  room().signOut('bob', 'phone')
  const client = new ColyseusSDK(server.url)
  await expect(client.consumeSeatReservation(waiting)).rejects.toThrow('expired')
  await expect(client.reconnect(lost[0] as string)).rejects.toThrow()
  // It counts for none any more: one more may be had.
  expect(seats.take('bob', world.now(), world.now() + 15_000)).toBe(true)
  expect(seats.take('bob', world.now(), world.now() + 15_000)).toBe(false)
  expect(viewers()).toBe(1)
  const back = await client.reconnect(lost[1] as string)
  back.onMessage('*', () => undefined)
  await vi.waitFor(() => expect(room().clients).toHaveLength(2))
})

it('[ACC-34] a seat given up keeps no room from ending', async () => {
  await open()
  const lost = await join('user:tom')
  lost.room.connection.close(4010)
  await vi.waitFor(() => expect(room().clients).toHaveLength(1))
  room().signOut('tom')
  await vi.waitFor(() => expect(viewers()).toBe(0))
  // As when the stream goes live.
  room().autoDispose = false
  await room().disconnect()
  expect(server.room(streamId)).toBeUndefined()
})

it('[ACC-34] who is signed out while the record is asked about them is not let in', async () => {
  await open()
  const [admitted, decided] = [Promise.withResolvers<void>(), Promise.withResolvers<Admission>()]
  vi.spyOn(server.ports.streams, 'admit').mockImplementationOnce(() => {
    admitted.resolve()
    return decided.promise
  })
  const refused = join('user:eve~phone').catch((error: unknown) => error)
  await admitted.promise
  room().signOut('eve', 'phone')
  decided.resolve({ role: 'viewer' })
  expect(await refused).toMatchObject({ code: 4401, message: 'unauthenticated' })
  expect((await join('user:eve~desk')).welcome.you.id).toBe('eve')
})

it('[ACC-34] what a sign-in hands on stays, and ends with the one that has it', async () => {
  await open()
  const [phone, lost] = [await join('user:kim~guest'), await join('user:kim~guest')]
  const token = lost.room.reconnectionToken
  lost.room.connection.close(4010)
  await vi.waitFor(() => expect(room().clients).toHaveLength(2))
  const waiting = await reserve('user:kim~guest')
  room().handOn('kim', { from: 'guest', to: 'account' })
  room().signOut('kim', 'guest')
  const client = new ColyseusSDK(server.url)
  const back = await client.reconnect(token)
  const sat = await client.consumeSeatReservation(waiting)
  const closed = [back, sat].map((one) => {
    one.onMessage('*', () => undefined)
    one.reconnection.enabled = false
    return new Promise<number>((resolve) => void one.onLeave(resolve))
  })
  await vi.waitFor(() => expect(room().clients).toHaveLength(4))
  room().signOut('kim', 'account')
  expect(await Promise.all([...closed, phone.closed.then(({ code }) => code)])).toEqual([
    4401, 4401, 4401,
  ])
})
