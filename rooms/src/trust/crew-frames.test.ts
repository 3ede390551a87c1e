/** Damaged frames from those who may do most: a host and a moderator (TRU-12 has the audience). */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FakeSeat, sitDown } from '../testing/fake-socket.ts'
import { commandSamples } from '../testing/command-samples.ts'
import { memoryPorts } from '../testing/memory-ports.ts'
import { mutate, seededBytes } from '../testing/mutated-frames.ts'
import { commandBytes } from '../testing/raw-socket.ts'
import { type RoomServer, startRoomServer } from '../testing/room-server.ts'

const clock = { aheadMs: 0 }
let server: RoomServer
beforeAll(async () => {
  const world = { ...memoryPorts().world, now: () => Date.now() + clock.aheadMs }
  server = await startRoomServer({}, memoryPorts(world))
  await server.openStream('crew', 'host')
  server.ports.streams.moderators.add('mod')
})
afterAll(() => server.stop())

it('[TRU-12] mutated frames of hosts and moderators leave the process and the room alive', async () => {
  const frames = Number(process.env.FUZZ_FRAMES ?? 20_000)
  const seed = process.env.FUZZ_SEED ?? randomBytes(8).toString('hex')
  const random = seededBytes(seed)
  // All but the end of the stream, after which there is nothing left to damage.
  const names = Object.keys(commandSamples).filter((name) => name !== 'stream.end')
  const watcher = await server.join('crew', 'user:watcher')
  const room = server.room('crew')
  const sit = (userId: string) =>
    sitDown(room, { userId, name: userId, kind: 'account', platformRole: 'user' })
  const seats: Record<string, FakeSeat> = { host: await sit('host'), mod: await sit('mod') }
  let ids = 0
  for (let sent = 0; sent < frames; sent += 1) {
    const who = sent % 2 === 0 ? 'host' : 'mod'
    if (!seats[who]?.isOpen()) seats[who] = await sit(who)
    const name = names[random(1)[0]! % names.length]!
    const message = { requestId: `request-${++ids}`, ...commandSamples[name] }
    seats[who]?.say(mutate(commandBytes(name, message), random))
    clock.aheadMs += 40
    if (sent % 100 === 0) await new Promise(setImmediate)
  }
  for (const seat of Object.values(seats)) seat.leave()
  expect(server.ports.moderation.taken.length, `seed ${seed}`).toBeGreaterThan(frames / 400)
  expect(server.ports.errors, `seed ${seed}`).toEqual([])
  expect(watcher.room.connection.isOpen, `seed ${seed}`).toBe(true)
  const host = await server.join('crew', 'user:host')
  const ask = { requestId: 'request-last', text: 'still here' }
  expect(await host.room.request('chat.announce', ask), `seed ${seed}`).toMatchObject({
    text: 'still here',
  })
}, 3_600_000)
