/** A sign-in that ends, of somebody who is in one room by several processes. */
import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type CarriedHouse, carriedHouse } from '../../testing/carried-house.ts'
import type { SocketRoom } from '../socket-room.ts'
import { relayRoomId } from './relayed-kinds.ts'

let house: CarriedHouse
beforeAll(async () => {
  house = await carriedHouse()
})
afterAll(() => house.stop())

/** As the server tells every room of every process. */
function signOut(streamId: string, relays: string[], userId: string, sid: string): void {
  const writer = house.server.room(streamId)
  const carried = relays.map((id) => matchMaker.getLocalRoomById(relayRoomId(writer.roomId, id)))
  for (const room of [writer, ...carried]) {
    // A relay that everybody left is gone.
    ;(room as unknown as SocketRoom<never> | undefined)?.signOut(userId, sid)
  }
}

test('[ACC-34] it takes its sockets from every relay; the person leaves with the last', async () => {
  const { id, at, host, state } = await house.open('p1', 'p2')
  const [phone, tab] = [await at('p1', 'bob~phone'), await at('p2', 'bob~phone')]
  const desk = await at('p2', 'bob~desk')
  await vi.waitFor(() => expect(state().viewerCount).toBe(1))
  signOut(id, ['p1', 'p2'], 'bob', 'phone')
  expect((await phone.closed).code).toBe(4401)
  expect((await tab.closed).code).toBe(4401)
  const said = { requestId: 'request-1', text: 'still here' }
  expect(await desk.room.request('chat.send', said)).toMatchObject({ text: 'still here' })
  expect(state().viewerCount).toBe(1)
  signOut(id, ['p1', 'p2'], 'bob', 'desk')
  expect((await desk.closed).code).toBe(4401)
  await vi.waitFor(() => expect(state().viewerCount).toBe(0))
  expect(host.room.connection.isOpen).toBe(true)
})
