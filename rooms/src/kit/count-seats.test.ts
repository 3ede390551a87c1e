import { afterAll, expect, test } from 'vitest'
import { sitDown } from '../testing/fake-socket.ts'
import { startRoomServer } from '../testing/room-server.ts'

const server = await startRoomServer()
afterAll(() => server.stop())

interface RoomInside {
  _reservedSeats: Record<string, unknown>
  _reserveSeat(sessionId: string, options: object, auth: object): Promise<boolean>
}

test('[KIT-17] seats are counted as Colyseus counts them, however they come and go', async () => {
  await server.openStream('counted', 'host')
  const room = server.room('counted')
  const inside = room as unknown as RoomInside
  const agrees = () => {
    const honest = room.clients.length + Object.keys(inside._reservedSeats).length
    for (let most = 1; most <= 8; most += 1) {
      room.maxClients = most
      expect(room.hasReachedMaxClients(), `${honest} of ${most}`).toBe(honest >= most)
    }
    room.maxClients = 8
    return honest
  }
  const person = (userId: string) =>
    ({ userId, name: userId, kind: 'guest', platformRole: 'user' }) as const

  expect(agrees()).toBe(0)
  for (const seat of ['one', 'two']) await inside._reserveSeat(seat, {}, person(seat))
  expect(agrees()).toBe(2)
  const [ann, ben] = [await sitDown(room, person('ann')), await sitDown(room, person('ben'))]
  expect(agrees()).toBe(4)
  ann.leave()
  await expect.poll(agrees).toBe(3)
  delete inside._reservedSeats['one']
  expect(agrees()).toBe(2)
  room.maxClients = 2
  expect(await inside._reserveSeat('three', {}, person('three'))).toBe(false)
  ben.leave()
  await expect.poll(agrees).toBe(1)
})

test('[REL-31] a seat that is given up is free at once, also while it is being kept, and one that is taken stays', async () => {
  await server.openStream('given-up', 'host')
  const room = server.room('given-up')
  const inside = room as unknown as RoomInside & { giveUpSeat(sessionId: string): void }
  const person = { userId: 'ann', name: 'Ann', kind: 'guest', platformRole: 'user' } as const
  room.maxClients = 2
  const ann = await sitDown(room, person)
  const [sat] = room.clients
  const kept = inside._reserveSeat('one', {}, person)
  expect(room.hasReachedMaxClients()).toBe(true)
  inside.giveUpSeat('one')
  await kept
  expect(room.hasReservedSeat('one')).toBe(false)
  expect(await inside._reserveSeat('two', {}, person)).toBe(true)
  expect(room.hasReachedMaxClients()).toBe(true)
  inside.giveUpSeat('two')
  for (const seat of ['two', 'nobody’s', sat?.sessionId ?? '']) inside.giveUpSeat(seat)
  expect(room.hasReachedMaxClients()).toBe(false)
  expect(ann.isOpen()).toBe(true)
  ann.leave()
  await expect.poll(() => room.clients.length).toBe(0)
})
