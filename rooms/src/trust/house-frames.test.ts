/** Damaged frames at the lobby, by visitors, and at a personal room, by its owner. */
import { randomBytes } from 'node:crypto'
import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defineLobbyRoom, lobbyRoomId } from '../lobby/lobby-room.ts'
import { defineMeRoom, meRoomId } from '../me/me-room.ts'
import type { NoticeBox } from '../ports.ts'
import { sitDown } from '../testing/fake-socket.ts'
import { MemoryDirectory } from '../testing/memory-directory.ts'
import { memoryPorts } from '../testing/memory-ports.ts'
import { mutate, samples, seededBytes } from '../testing/mutated-frames.ts'
import { commandBytes } from '../testing/raw-socket.ts'
import { join, type RoomServer, startRoomServer } from '../testing/room-server.ts'

const clock = { aheadMs: 0 }
const memory = memoryPorts({ ...memoryPorts().world, now: () => Date.now() + clock.aheadMs })
let reads = 0
const notices: NoticeBox = {
  open: async () => ({ head: 0, unread: 0 }),
  after: async () => [],
  tail: async () => [],
  read: async () => {
    reads += 1
    return { unread: 0 }
  },
  unread: async () => 0,
  subscribe: () => () => {},
}
const wallet = { balances: async () => [], subscribe: () => () => {} }
const tiers = { of: async () => ({ level: 0, until: null }), subscribe: () => () => {} }
const own = [{}, { id: 'n1' }].map((message, n) =>
  commandBytes('notice.read', { requestId: `request-${n}`, ...message }),
)

let server: RoomServer
beforeAll(async () => {
  const directory = new MemoryDirectory()
  const rooms = {
    lobby: defineLobbyRoom({ ...memory, directory }),
    me: defineMeRoom({ ...memory, notices, wallet, tiers }),
  }
  server = await startRoomServer(rooms, memory)
  await matchMaker.createRoom('lobby', { processId: 'here' })
  await matchMaker.createRoom('me', { userId: 'ann' })
})
afterAll(() => server.stop())

it.each([
  ['the lobby', lobbyRoomId('here'), undefined],
  ['a personal room', meRoomId('ann'), 'ann'],
])(
  '[TRU-12] mutated frames leave %s alive',
  async (_what, roomId, owner) => {
    const frames = Number(process.env.FUZZ_FRAMES ?? 20_000)
    const seed = process.env.FUZZ_SEED ?? randomBytes(8).toString('hex')
    const random = seededBytes(seed)
    // Somebody is there before, and still there after it.
    const watcher = await join(server.url, roomId, `user:${owner ?? 'watcher'}`, {})
    const room = matchMaker.getLocalRoomById(roomId)
    let seats = 0
    const sit = () => {
      const userId = owner ?? `fuzz${seats}`
      seats += 1
      return sitDown(room, { userId, name: userId, kind: 'guest', platformRole: 'user' })
    }
    const known = owner === undefined ? samples : [...samples, ...own, ...own]
    let seat = await sit()
    for (let sent = 0; sent < frames; sent += 1) {
      if (!seat.isOpen()) seat = await sit()
      seat.say(mutate(known[random(1)[0]! % known.length]!, random))
      clock.aheadMs += 20
      if (sent % 100 === 0) await new Promise(setImmediate)
    }
    seat.leave()
    expect(seats, `seed ${seed}`).toBeGreaterThan(frames / 100)
    expect(memory.errors, `seed ${seed}`).toEqual([])
    if (owner !== undefined) expect(reads, `seed ${seed}`).toBeGreaterThan(0)
    expect(watcher.room.connection.isOpen, `seed ${seed}`).toBe(true)
    const read = { epoch: watcher.welcome.epoch, after: 0 }
    expect(await watcher.room.request('log.read', read), `seed ${seed}`).toMatchObject({ to: 0 })
  },
  3_600_000,
)
