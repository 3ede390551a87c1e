/** Whoever cannot be greeted is sent away instead of being left to wait. */
import { ColyseusSDK } from '@colyseus/sdk'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { liveRoomId } from '../live/room-id.ts'
import { type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { closeCodes } from './protocol.ts'

let server: RoomServer
beforeAll(async () => {
  server = await startRoomServer()
})
afterAll(() => server.stop())

/** As a room has them; each throws the next time it is called. */
const faults: [what: string, break_: (room: object) => void][] = [
  ['for one of them', (room) => breakOnce(room, 'standingOf')],
  ['for all of them', (room) => breakOnce((room as Inside).serializer, 'fullStateFrame')],
]

interface Inside {
  serializer: object
}

function breakOnce(of: object, name: string): void {
  vi.spyOn(of as Record<string, () => unknown>, name).mockImplementationOnce(() => {
    throw new Error('there is no greeting')
  })
}

test.each(faults)('[KIT-19] a greeting that throws %s closes the socket', async (what, break_) => {
  const stream = what.replaceAll(' ', '-')
  await server.openStream(stream, 'host')
  // Somebody who keeps it open.
  await server.join(stream, 'user:host')
  break_(server.room(stream))
  const client = new ColyseusSDK(server.url)
  client.auth.token = 'user:ann'
  const room = await client.joinById(liveRoomId(stream))
  room.onMessage('*', () => {})
  room.reconnection.enabled = false
  expect(await new Promise((resolve) => void room.onLeave(resolve))).toBe(closeCodes.failed)
  const again = await server.join(stream, 'user:ann')
  expect(again.welcome).toMatchObject({ you: { id: 'ann' } })
})
