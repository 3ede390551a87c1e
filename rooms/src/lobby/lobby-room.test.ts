import { matchMaker } from '@colyseus/core'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Frame } from '../kit/frame.ts'
import { MemoryDirectory, someCard } from '../testing/memory-directory.ts'
import { memoryPorts } from '../testing/memory-ports.ts'
import { join, type Joined, type RoomServer, startRoomServer } from '../testing/room-server.ts'
import { defineLobbyRoom, lobbyRoomId } from './lobby-room.ts'
import { lobbyLimits, readPulse, readVoices } from './protocol.ts'

const memory = memoryPorts()
const directory = new MemoryDirectory()
const frames: Frame[] = []
const sinks = [{ frame: (frame: Frame) => void frames.push(frame) }]
const roomId = lobbyRoomId('here')

let server: RoomServer
let ann: Joined
beforeAll(async () => {
  server = await startRoomServer(
    { lobby: defineLobbyRoom({ ...memory, directory, sinks }) },
    memory,
  )
  await matchMaker.createRoom('lobby', { processId: 'here' })
  ann = await join(server.url, roomId, 'user:ann', {})
})
afterAll(async () => {
  await ann.room.leave()
  await server.stop()
})
beforeEach(async () => {
  for (const { streamId } of directory.listings.cards()) directory.withdraw(streamId)
  await vi.waitFor(() => expect(ann.room.state.total).toBe(0), 3_000)
})

const listed = () => Object.keys(ann.room.state.streams.toJSON())
const startLive = (count: number) => {
  for (let n = 0; n < count; n += 1) {
    directory.publish(someCard(`s${n}`, { viewers: n, category: n % 4 ? 'music' : null }))
  }
}

it('[LOB-07] a start and an end show at once, the rest of a card with the next refresh', async () => {
  const shown = async (work: () => void, check: () => void) => {
    const before = performance.now()
    work()
    await vi.waitFor(check, { timeout: 3_000, interval: 5 })
    return performance.now() - before
  }
  const voices = [
    { id: 'ann', name: 'Ann Lee', isAudible: true },
    { id: 'bob', name: 'Bob', isAudible: false },
  ]
  const pulse = [0, 3, 40]
  const card = someCard('a', { category: 'music', avatarUrl: '/a.png', pulse, voices, speakers: 9 })
  const startedIn = await shown(
    () => directory.publish(card),
    () => expect(listed()).toEqual(['a']),
  )
  const stream = ann.room.state.streams.get('a')
  expect(stream.toJSON()).toMatchObject({
    handle: 'a',
    avatarUrl: '/a.png',
    category: 'music',
    language: '',
    viewers: 1,
    rank: 1,
  })
  expect(readPulse(stream.pulse)).toEqual([0, 3, 37])
  expect([readVoices(stream.voices), stream.speakers]).toEqual([voices, 9])
  await shown(
    () => directory.publish({ ...card, title: 'Another', viewers: 7 }),
    () => expect(stream.toJSON()).toMatchObject({ title: 'Another', viewers: 7, rank: 7 }),
  )
  const endedIn = await shown(
    () => directory.withdraw('a'),
    () => expect(listed()).toEqual([]),
  )
  expect(Math.max(startedIn, endedIn)).toBeLessThan(1_000)
})

it('[LOB-06] of 300 the best 100 are listed; all are counted, by category too', async () => {
  startLive(300)
  await vi.waitFor(() => expect(ann.room.state.total).toBe(300), 3_000)
  expect(listed()).toHaveLength(lobbyLimits.listedMax)
  expect(new Set(listed())).toEqual(
    new Set(Array.from({ length: 100 }, (_, index) => `s${200 + index}`)),
  )
  expect(ann.room.state.categories.toJSON()).toEqual({ music: 225 })
  // One that rises takes the place of the last.
  directory.publish(someCard('s0', { viewers: 5_000 }))
  await vi.waitFor(() => expect(listed()).toContain('s0'), 3_000)
  expect(listed()).not.toContain('s200')
  expect(listed()).toHaveLength(lobbyLimits.listedMax)
})

it('[LOB-07] what does not change is not sent', async () => {
  startLive(100)
  await vi.waitFor(() => expect(ann.room.state.total).toBe(100), 3_000)
  const beats = async (count: number) => {
    frames.length = 0
    for (let beat = 0; beat < count; beat += 1) {
      for (const { rank: _rank, ...card } of directory.listings.cards()) directory.publish(card)
      await new Promise((resolve) => setTimeout(resolve, lobbyLimits.refreshMs))
    }
    return frames.reduce((sum, { chunk }) => sum + chunk.byteLength, 0)
  }
  // The refresh that was under way may still bring the last of what began.
  await beats(1)
  expect(await beats(2)).toBe(0)
})

it('[LOB-07] a refresh of all 100 stays small', async () => {
  startLive(1_000)
  await vi.waitFor(() => expect(ann.room.state.total).toBe(1_000), 3_000)
  frames.length = 0
  for (const { rank: _rank, ...card } of directory.listings.cards()) {
    directory.publish({ ...card, viewers: card.viewers + 3 })
  }
  await vi.waitFor(() => expect(ann.room.state.streams.get('s999').viewers).toBe(1_002), 3_000)
  const bytes = frames.reduce((sum, { chunk }) => sum + chunk.byteLength, 0)
  process.stdout.write(`viewers and rank of 100 listed streams: ${bytes} bytes a refresh\n`)
  expect(bytes).toBeLessThan(3_000)
})

it('[TRU-16] a lobby takes no command but the reading of its empty log', async () => {
  for (const command of ['chat.send', 'notice.read', 'stream.end']) {
    const asked = ann.room.request(command, { requestId: 'request-1' })
    await expect(asked).rejects.toMatchObject({ reason: { code: 'unknown_command' } })
  }
  const { epoch } = ann.welcome
  expect(await ann.room.request('log.read', { epoch, after: 0 })).toMatchObject({ to: 0 })
  expect(memory.archive.records.has(roomId)).toBe(false)
})
