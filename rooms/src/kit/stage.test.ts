/** Frames under every interleaving: seeded runs over hand-drained sockets. */
import { MapSchema, schema, type SchemaType, t } from '@colyseus/schema'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { FakeViewer } from '../testing/fake-viewer.ts'
import { CountingMeter, countingWorld, MemoryArchive } from '../testing/memory-ports.ts'
import type { Frame } from './frame.ts'
import type { Member } from './member.ts'
import { type Entry, kitLimits } from './protocol.ts'
import { RoomLog } from './room-log.ts'
import { Stage } from './stage.ts'
import { StageSerializer } from './stage-serializer.ts'

const Card = schema({ label: t.string(), weight: t.number() }, 'Card')
type Card = SchemaType<typeof Card>
const Board = schema(
  { title: t.string().default(''), score: t.number().default(0), cards: t.map(Card) },
  'Board',
)
type Board = SchemaType<typeof Board>
interface Line extends Entry {
  text: string
}

const member = (id: string): Member => ({
  id,
  name: id,
  role: 'viewer',
  kind: 'account',
  joinedAt: 0,
})

function openStage(options = { live: false }) {
  const state = new Board()
  const serializer = new StageSerializer<Board>()
  serializer.reset(state as never)
  const frames: Frame[] = []
  const archive = new MemoryArchive()
  const stage = new Stage({
    room: { id: 'r', kind: 'test' },
    serializer,
    archive,
    meter: new CountingMeter(),
    world: countingWorld(() => 1),
    log: new RoomLog({ epoch: 1, head: 0 }),
    beforeFrame: () => {},
    failed: (error) => {
      throw error
    },
    sinks: [{ frame: (frame) => void frames.push(frame) }],
  })
  if (!options.live) stage.stop()
  const say = (text: string) => stage.announce<Line>('line', { text })
  return { stage, state, frames, archive, say }
}

const plain = (board: Board) => ({
  title: board.title,
  score: board.score,
  cards: Object.fromEntries(
    [...(board.cards ?? new MapSchema<Card>()).entries()]
      .sort(([one], [two]) => one.localeCompare(two))
      .map(([key, card]) => [key, { label: card.label, weight: card.weight }]),
  ),
})

const step = fc.oneof(
  fc.record({ do: fc.constant('title' as const), text: fc.string({ maxLength: 40 }) }),
  fc.record({ do: fc.constant('score' as const), by: fc.integer({ min: -500, max: 500 }) }),
  fc.record({ do: fc.constant('put' as const), key: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ do: fc.constant('drop' as const), key: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ do: fc.constant('say' as const), size: fc.integer({ min: 1, max: 60_000 }) }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('join' as const) }),
  fc.record({ do: fc.constant('stall' as const), who: fc.nat(9) }),
  fc.record({ do: fc.constant('drain' as const), who: fc.nat(9) }),
  fc.record({ do: fc.constant('leave' as const), who: fc.nat(9) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Plays a run and returns it with everybody drained, resynced and read. */
function play(steps: Step[]) {
  const run = { ...openStage(), viewers: [] as FakeViewer<Board>[] }
  const { stage, state, say, viewers } = run
  let turns = 0
  for (const now of steps) {
    const viewer = 'who' in now ? viewers[now.who % Math.max(1, viewers.length)] : undefined
    if (now.do === 'title') state.title = now.text
    else if (now.do === 'score') state.score += now.by
    else if (now.do === 'put') {
      state.cards.set(String(now.key), new Card().assign({ label: `l${turns}`, weight: turns }))
    } else if (now.do === 'drop') state.cards.delete(String(now.key))
    else if (now.do === 'say') say('x'.repeat(now.size))
    else if (now.do === 'flush') stage.flush()
    else if (now.do === 'join') {
      const joiner = new FakeViewer(member(`m${viewers.length}`), new Board())
      viewers.push(joiner)
      stage.greet(joiner.connection)
    } else if (viewer !== undefined && now.do === 'stall') viewer.socket.isReading = false
    else if (viewer !== undefined && now.do === 'drain') viewer.socket.drain()
    else if (viewer !== undefined && now.do === 'leave') {
      stage.forget(viewer.connection)
      viewers.splice(viewers.indexOf(viewer), 1)
    }
    turns += 1
  }
  for (const viewer of viewers) {
    viewer.socket.isReading = true
    viewer.socket.drain()
  }
  stage.flush()
  stage.flush()
  for (const viewer of viewers) viewer.read()
  return run
}

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

describe('the stage', () => {
  it('[FRM-01] whoever joined, stalled or stayed holds the same state in the end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const { state, viewers } = play(steps)
        for (const viewer of viewers) expect(plain(viewer.state)).toEqual(plain(state))
      }),
      runs,
    )
  })

  it('[FRM-02] entries come in order and once; a hole is announced by room.resync', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const { viewers } = play(steps)
        for (const viewer of viewers) expectOrdered(viewer)
      }),
      runs,
    )
  })

  it('[FRM-03] no socket ever has more than 256 KiB queued', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: 'max' }), (steps) => {
        for (const viewer of play(steps).viewers) {
          expect(viewer.socket.queuedPeak).toBeLessThanOrEqual(kitLimits.queuedBytesMax)
        }
      }),
      runs,
    )
  })

  it('[FRM-04] state patch and entries of a tick leave in one write', () => {
    const { stage, state, say, frames } = openStage()
    const viewer = new FakeViewer(member('ann'), new Board())
    stage.greet(viewer.connection)
    stage.flush()
    viewer.read()
    state.score = 7
    say('one')
    say('two')
    stage.flush()
    expect(viewer.socket.taken).toHaveLength(1)
    expect(frames.at(-1)).toMatchObject({ epoch: 1, head: 2 })
    viewer.read()
    expect(viewer.entries().map(({ text }) => text)).toEqual(['one', 'two'])
    expect(viewer.state.score).toBe(7)
  })

  it('[FRM-05] patches are copied: a later patch never changes bytes that still wait', () => {
    const { stage, state } = openStage()
    const viewer = new FakeViewer(member('slow'), new Board())
    stage.greet(viewer.connection)
    stage.flush()
    viewer.socket.isReading = false
    for (let score = 1; score <= 200; score += 1) {
      state.score = score
      state.title = `title ${score}`.repeat(20)
      stage.flush()
    }
    viewer.socket.drain()
    viewer.read()
    expect(plain(viewer.state)).toEqual(plain(state))
  })

  it('[FRM-09] a frame for many is written in slices; who comes, goes or speaks between is safe', async () => {
    const { stage, state, say } = openStage({ live: true })
    const join = (id: number) => {
      const viewer = new FakeViewer(member(`m${id}`), new Board())
      stage.greet(viewer.connection)
      return viewer
    }
    const viewers = Array.from({ length: 1_300 }, (_, id) => join(id))
    stage.flush()
    await vi.waitFor(() => expect(stage.fanout.isBusy).toBe(false))
    state.cards.set('a', new Card().assign({ label: 'first', weight: 1 }))
    say('while all listen')
    stage.flush()
    expect(stage.fanout.isBusy).toBe(true)

    for (const gone of viewers.splice(100, 200)) stage.forget(gone.connection)
    state.score = 5
    state.cards.delete('a')
    say('between slices')
    for (let id = 0; id < 150; id += 1) viewers.push(join(5_000 + id))
    stage.flush()
    await vi.waitFor(() => {
      expect(stage.fanout.isBusy).toBe(false)
      for (const viewer of viewers) {
        viewer.read()
        expect(viewer.entries().map(({ text }) => text)).toEqual([
          'while all listen',
          'between slices',
        ])
        expect(plain(viewer.state)).toEqual(plain(state))
      }
    })
    expect(stage.fanout.size).toBe(viewers.length)
    stage.stop()
  })

  it('[FRM-09] many who join at once are greeted in slices, all with the same moment', async () => {
    const { stage, state, say } = openStage({ live: true })
    say('before')
    state.score = 1
    const viewers = Array.from({ length: 1_300 }, (_, id) => {
      const viewer = new FakeViewer(member(`m${id}`), new Board())
      stage.greet(viewer.connection)
      return viewer
    })
    stage.flush()
    expect(stage.fanout.size).toBeLessThan(viewers.length)
    state.score = 2
    say('after')
    stage.flush()
    await vi.waitFor(() => {
      expect(stage.fanout.isBusy).toBe(false)
      for (const viewer of viewers) {
        viewer.read()
        expect(viewer.entries().map(({ text }) => text)).toEqual(['before', 'after'])
        expect(plain(viewer.state)).toEqual(plain(state))
      }
    })
    expect(new Set(viewers.map(({ told }) => told[0]?.payload['head']))).toEqual(new Set([1]))
    expect(stage.fanout.size).toBe(viewers.length)
    stage.stop()
  })

  it('[KIT-09] a joiner gets at most 100 entries and 64 KiB of history', () => {
    const { stage, say } = openStage()
    for (let line = 0; line < 300; line += 1) say(`line ${line}`)
    stage.flush()
    const many = new FakeViewer(member('many'), new Board())
    stage.greet(many.connection)
    for (let line = 0; line < 50; line += 1) say('y'.repeat(4_000))
    stage.flush()
    const long = new FakeViewer(member('long'), new Board())
    stage.greet(long.connection)
    stage.flush()
    many.read()
    long.read()
    expect(long.entries().length).toBeLessThanOrEqual(16)
    expect(long.entries().at(-1)?.seq).toBe(stage.log.head)
    expect(many.entries()).toHaveLength(16)
  })

  it('[ARC-01] entries the archive refuses wait, and the room says it is saturated', () => {
    const { stage, say, archive } = openStage()
    archive.isFull = true
    for (let line = 0; line <= kitLimits.unarchivedMax; line += 1) {
      say('line')
      stage.flush()
    }
    expect(stage.isSaturated).toBe(true)
    archive.isFull = false
    stage.flush()
    expect(stage.isSaturated).toBe(false)
    expect(archive.records.get('r')).toHaveLength(kitLimits.unarchivedMax + 1)
  })
})

/** In order, once; every jump follows a `room.resync` (or the welcome). */
function expectOrdered(viewer: FakeViewer<Board>): void {
  let last = 0
  let mayJump = true
  for (const { type, payload } of viewer.told) {
    if (type === 'room.resync' || type === 'room.welcome') mayJump = true
    else {
      if (mayJump) expect(payload.seq).toBeGreaterThan(last)
      else expect(payload.seq).toBe(last + 1)
      last = payload.seq
      mayJump = false
    }
  }
}
