import { afterAll, beforeAll, expect, test } from 'vitest'
import { countingWorld, memoryPorts } from '../../rooms/src/testing/memory-ports.ts'
import { type RoomServer, startRoomServer } from '../../rooms/src/testing/room-server.ts'
import { LiveConnection } from './live/live-connection.ts'
import { Refusal } from './refusal.ts'
import { deviceWakeups } from './room/wakeups.ts'
import { fastWorld } from './testing/fast-world.ts'
import { flakyLine } from './testing/flaky-line.ts'
import { roomDoor } from './testing/room-door.ts'

const messages = 10_000
const speakers = 20
/** This room's clock runs faster, so that its members may say more in a second than elsewhere. */
const speed = 20

let server: RoomServer
beforeAll(async () => {
  const world = countingWorld(() => Date.now() * speed)
  server = await startRoomServer({}, { ...memoryPorts(), world })
  await server.openStream('old', 'ann')
})
afterAll(() => server.stop())

const enter = async (who: string, url = server.url, backlog?: number) => {
  const room = new LiveConnection({
    streamId: 'old',
    door: roomDoor(url, 'live_old', `user:${who}`),
    world: fastWorld(4),
    wakeups: deviceWakeups,
    history: () => Promise.resolve({ entries: [], more: false }),
  })
  await room.open(backlog)
  return room
}

/** Bytes a newcomer receives, seat and handshake included, until state and history are there. */
async function joinBytes(who: string, backlog: number): Promise<number> {
  const line = await flakyLine(server.url)
  const room = await enter(who, line.url, backlog)
  const bytes = line.receivedBytes()
  expect(room.entries).toHaveLength(backlog)
  await room.leave()
  await line.close()
  return bytes
}

async function say(room: LiveConnection, text: string): Promise<void> {
  await room.chat.send(text).catch(async (error: unknown) => {
    if (!(error instanceof Refusal) || error.code !== 'rate_limited') throw error
    await new Promise((resolve) => setTimeout(resolve, (error.retryAfterMs ?? 0) / speed))
    await say(room, text)
  })
}

async function talk(rooms: LiveConnection[], count: number): Promise<void> {
  const each = rooms.map(async (room, speaker) => {
    for (let n = speaker; n < count; n += rooms.length) {
      await say(room, `a message of the usual length, number ${String(n).padStart(6, '0')}`)
    }
  })
  await Promise.all(each)
}

test('[SDK-19] joining costs the same bytes after 10 and after 10,000 messages', async () => {
  const rooms = await Promise.all(
    Array.from({ length: speakers }, (_, n) => enter(`speaker ${String(n).padStart(2, '0')}`)),
  )
  await talk(rooms, 10)
  const young = await joinBytes('early', 10)
  await talk(rooms, 90)
  const withHistory = await joinBytes('usual', 100)
  await talk(rooms, messages - 100)
  const old = await joinBytes('later', 10)
  const oldWithHistory = await joinBytes('usual', 100)
  expect(Math.abs(old - young) / young, `${young} and ${old} bytes`).toBeLessThan(0.1)
  expect(
    Math.abs(oldWithHistory - withHistory) / withHistory,
    `${withHistory} and ${oldWithHistory} bytes`,
  ).toBeLessThan(0.1)
  process.stdout.write(`join: ${young} then ${old} bytes; `)
  process.stdout.write(`with 100 entries: ${withHistory} then ${oldWithHistory}\n`)
  for (const room of rooms) await room.leave()
}, 120_000)
