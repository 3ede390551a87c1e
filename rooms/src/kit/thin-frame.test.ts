/** A reader that cannot take everything: what it gets, and what it is told of the rest. */
import { schema, type SchemaType, t } from '@colyseus/schema'
import { expect, test } from 'vitest'
import { spareLines } from '../chat/spare-lines.ts'
import { FakeViewer } from '../testing/fake-viewer.ts'
import { CountingMeter, countingWorld, MemoryArchive } from '../testing/memory-ports.ts'
import { type Entry, kitLimits, type Sampled } from './protocol.ts'
import { RoomLog } from './room-log.ts'
import { Stage } from './stage.ts'
import { StageSerializer } from './stage-serializer.ts'

const Board = schema({ score: t.number().default(0) }, 'ThinBoard')
type Board = SchemaType<typeof Board>

function openStage() {
  const state = new Board()
  const serializer = new StageSerializer<Board>()
  serializer.reset(state)
  const meter = new CountingMeter()
  const clock = { now: 0 }
  const stage = new Stage({
    room: { id: 'r', kind: 'test' },
    serializer,
    archive: new MemoryArchive(),
    meter,
    world: countingWorld(() => clock.now),
    log: new RoomLog({ epoch: 1, head: 0 }),
    beforeFrame: () => {},
    failed: (error) => {
      throw error
    },
    sparing: spareLines(),
  })
  stage.stop()
  const chat = (role: string, text: string) =>
    stage.announce<Entry & Record<string, unknown>>('chat.posted', { from: { role }, text })
  return { stage, state, meter, clock, chat }
}

const viewerOf = (id: string) =>
  new FakeViewer({ id, name: id, role: 'viewer', kind: 'account', joinedAt: 0 }, new Board())

test('[FRM-12] a slow reader gets state and all that matters, some chat, and knows what it was spared', () => {
  const { stage, state, meter, clock, chat } = openStage()
  const [slow, fast] = [viewerOf('slow'), viewerOf('fast')]
  for (const viewer of [slow, fast]) stage.greet(viewer.connection)
  stage.flush()
  slow.socket.isReading = false
  // What no thin frame can spare: the queue passes the first bound.
  chat('host', 'x'.repeat(kitLimits.thinFromBytes))
  stage.flush()
  for (let n = 1; n <= 40; n += 1) {
    clock.now = n * 250
    for (let line = 0; line < 5; line += 1) chat('viewer', `v${n}.${line}`)
    if (n % 10 === 0) chat('host', `h${n}`)
    stage.announce<Entry & Record<string, unknown>>('gift.sent', { text: `g${n}` })
    state.score = n
    stage.flush()
  }
  slow.socket.isReading = true
  slow.socket.drain()
  for (const viewer of [slow, fast]) viewer.read()
  const texts = (of: typeof slow) => of.entries().map(({ text }) => String(text))
  const all = texts(fast)
  expect(texts(slow).filter((text) => /^[gh]/.test(text))).toEqual(
    all.filter((text) => /^[gh]/.test(text)),
  )
  // One line of a viewer for each second at least.
  expect(texts(slow).filter((text) => text.startsWith('v')).length).toBeGreaterThanOrEqual(10)
  expect(texts(slow).length).toBeLessThan(all.length / 2)
  expect(slow.state.score).toBe(40)
  const spared = slow.told
    .filter(({ type }) => type === 'room.sampled')
    .flatMap(({ payload }) => (payload as unknown as Sampled).skipped)
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => from + at))
  const seqs = [...slow.entries().map(({ seq }) => seq), ...spared]
  expect(seqs.sort((one, other) => one - other)).toEqual(fast.entries().map(({ seq }) => seq))
  expect(slow.socket.queuedPeak).toBeLessThan(kitLimits.queuedBytesMax)
  expect(meter.thins).toBe(40)
  expect(meter.skips).toBe(0)

  chat('viewer', 'again whole')
  stage.flush()
  slow.read()
  expect(texts(slow).at(-1)).toBe('again whole')
})
