/** A recorded room, read back: at any time it holds what a viewer of the stage held then. */
import { MapSchema, schema, type SchemaType, t } from '@colyseus/schema'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FakeViewer } from '../../testing/fake-viewer.ts'
import { CountingMeter, countingWorld, MemoryArchive } from '../../testing/memory-ports.ts'
import type { Frame } from '../frame.ts'
import type { Entry } from '../protocol.ts'
import { RoomLog } from '../room-log.ts'
import { Stage } from '../stage.ts'
import { StageSerializer } from '../stage-serializer.ts'
import { plain } from './plain.ts'
import { canonical, changed, type PlainState, readSegment } from './protocol.ts'
import { recordingLimits, type RecordedKind, RoomRecording } from './room-recording.ts'
import { type WrittenSegment } from './room-recording.ts'
import { shortHash, sumOf } from './segment-writer.ts'

const Card = schema({ label: t.string(), weight: t.number() }, 'Card')
type Card = SchemaType<typeof Card>
const Board = schema(
  { title: t.string().default(''), isOn: t.boolean().default(true), cards: t.map(Card) },
  'Board',
)
type Board = SchemaType<typeof Board>
interface Line extends Entry {
  text: string
}

const anything: RecordedKind = {
  withoutWords: (state) => state,
  quoted: () => [],
  isOn: (state) => state.isOn === true,
  warmth: () => 0,
}

function house(epoch = 1, head = 0) {
  const clock = { now: 1_000 }
  const state = new Board()
  const serializer = new StageSerializer<Board>()
  serializer.reset(state as never)
  const room = { id: 'r', kind: 'test', epoch, blank: () => new Board() }
  const recording = new RoomRecording(room, anything, () => clock.now)
  const stage = new Stage({
    room,
    serializer,
    archive: new MemoryArchive(),
    meter: new CountingMeter(),
    world: countingWorld(() => clock.now),
    log: new RoomLog({ epoch, head }),
    beforeFrame: () => {},
    failed: (error) => {
      throw error
    },
    sinks: [recording],
  })
  stage.stop()
  const member = { id: 'v', name: 'v', role: 'viewer', kind: 'account', joinedAt: 0 } as const
  const viewer = new FakeViewer(member, new Board())
  stage.greet(viewer.connection)
  stage.flush()
  viewer.read()
  const say = (text: string) => stage.announce<Line>('line', { text })
  return { clock, state, stage, recording, viewer, say }
}

/** What a player holds at a time: the newest segment that has begun, folded that far. */
function heldAt(segments: readonly WrittenSegment[], at: number) {
  const written = segments.findLast(({ facts }) => facts.startedAt <= at)
  if (written === undefined) return undefined
  const { head, frames } = readSegment(written.text, sumOf)
  const past = frames.filter(([time]) => time <= at)
  const state = past.reduce<unknown>((held, [, , , change]) => {
    return change === 0 ? held : changed(held, change)
  }, head.state)
  return { state, head: past.at(-1)?.[1] ?? head.head }
}

const steps = fc.array(
  fc.record({
    act: fc.constantFrom('say', 'title', 'card', 'drop', 'weigh', 'nothing'),
    word: fc.string({ maxLength: 8 }),
    key: fc.nat(5),
    waitMs: fc.nat(30_000),
  }),
  { minLength: 1, maxLength: 80 },
)

test('[REC-01] at any time a recording holds the state and the log that a viewer held then', () => {
  const property = fc.property(steps, fc.array(fc.nat(1_000), { maxLength: 20 }), (play, asked) => {
    const { clock, state, stage, recording, viewer, say } = house()
    const seen = [{ at: clock.now, state: canonical(plain(viewer.state)), head: 0 }]
    const segments = new Map<number, WrittenSegment>()
    for (const { act, word, key, waitMs } of play) {
      clock.now += 1 + waitMs
      const card = state.cards.get(`k${key}`)
      if (act === 'say') say(word)
      else if (act === 'title') state.title = word
      else if (act === 'card') state.cards.set(`k${key}`, new Card().assign({ label: word }))
      else if (act === 'drop') state.cards.delete(`k${key}`)
      else if (card !== undefined) card.weight = key
      stage.flush()
      viewer.read()
      const head = viewer.entries().at(-1)?.seq ?? 0
      seen.push({ at: clock.now, state: canonical(plain(viewer.state)), head })
      // Written down late and in pieces, as in a house.
      if (key === 0) recording.work(3)
      if (key === 1) for (const one of recording.take()) segments.set(one.facts.n, one)
    }
    recording.work(Number.POSITIVE_INFINITY)
    for (const one of recording.take(true)) segments.set(one.facts.n, one)
    const first = seen[0]?.at ?? 0
    for (const part of asked) {
      const at = first + Math.round(((clock.now - first) * part) / 1_000)
      const then = seen.findLast((one) => one.at <= at)
      const held = heldAt([...segments.values()], at)
      expect(canonical(held?.state)).toBe(then?.state)
      expect(held?.head).toBe(then?.head)
    }
  })
  fc.assert(property, { numRuns: Number(process.env.ODEON_FUZZ_RUNS ?? 200) })
})

test('[REC-02] a segment is read alone: it opens with the state, and its checks agree with it', () => {
  const { clock, state, stage, recording, say } = house()
  for (let n = 1; n <= 250; n += 1) {
    clock.now += 1_000
    state.title = `title ${n}`
    say(`line ${n}`)
    stage.flush()
  }
  recording.work(Number.POSITIVE_INFINITY)
  const segments = recording.take(true)
  expect(segments.length).toBe(3)
  for (const { facts, text, isClosed } of segments) {
    expect(isClosed).toBe(true)
    expect(facts.endedAt - facts.startedAt).toBeLessThan(recordingLimits.segmentMsMax)
    const { head, frames, checks } = readSegment(text, sumOf)
    let held: unknown = head.state
    for (const [, , , change] of frames) if (change !== 0) held = changed(held, change)
    expect(checks.at(-1)).toMatchObject({
      check: frames.length,
      state: shortHash(canonical(held as PlainState)),
    })
  }
  expect(segments.map(({ facts }) => facts.headFrom).slice(1)).toEqual(
    segments.map(({ facts }) => facts.head).slice(0, -1),
  )
})

test('[REC-03] a torn segment is read as far as its sums hold', () => {
  const { clock, stage, recording, say } = house()
  for (let n = 1; n <= 10; n += 1) {
    clock.now += 1_000
    say(`line ${n}`)
    stage.flush()
  }
  recording.work(Number.POSITIVE_INFINITY)
  const text = recording.take(true)[0]?.text ?? ''
  const whole = readSegment(text, sumOf).frames.length
  expect(readSegment(text.slice(0, -5), sumOf).frames.length).toBe(whole)
  const at = text.lastIndexOf('[[')
  const flipped = `${text.slice(0, at)}(${text.slice(at + 1)}`
  expect(readSegment(flipped, sumOf).frames.length).toBe(whole - 1)
})

test('[REC-04] frames that come faster than they are written leave a hole that is marked', () => {
  const { clock, state, stage, recording } = house()
  recording.work(10)
  for (let n = 0; n <= recordingLimits.waitingFramesMax; n += 1) {
    clock.now += 1
    state.title = `title ${n}`
    stage.flush()
  }
  expect(recording.overruns).toBe(1)
  clock.now += 1_000
  state.title = 'after'
  stage.flush()
  recording.work(Number.POSITIVE_INFINITY)
  const [before, after] = recording.take(true)
  expect(before?.facts.isAfterHole).toBe(true)
  expect(after?.facts).toMatchObject({ isAfterHole: true, startedAt: clock.now })
  expect(readSegment(after?.text ?? '', sumOf).head.state).toMatchObject({ title: 'after' })
})

test('[REC-05] what is not on stage is not recorded; the first segment opens with what was before', () => {
  const { clock, state, stage, recording, say } = house()
  state.isOn = false
  stage.flush()
  recording.work(9)
  recording.take(true)
  say('too early')
  stage.flush()
  clock.now += 5_000
  state.isOn = true
  state.cards = new MapSchema<Card>({ a: new Card().assign({ label: 'a', weight: 1 }) })
  stage.flush()
  state.isOn = false
  stage.flush()
  say('too late')
  stage.flush()
  recording.work(99)
  const [only, ...more] = recording.take(true)
  expect(more).toEqual([])
  expect(only?.facts).toMatchObject({ frames: 2, isAfterHole: false, headFrom: 1, head: 1 })
  expect(readSegment(only?.text ?? '').head.state).toMatchObject({ isOn: false })
})

test('[REC-06] a sink that wants the state gets it with the next frame, and nobody else does', () => {
  const frames: Frame[] = []
  const { state, stage, recording } = house()
  const frame = recording.frame.bind(recording)
  recording.frame = (one) => {
    frames.push(one)
    frame(one)
  }
  state.title = 'a'
  stage.flush()
  recording.wantsState = true
  state.title = 'b'
  stage.flush()
  expect(frames.map(({ full }) => full !== undefined)).toEqual([false, true])
})

test('[REC-13] a recording that is given up takes nothing more and holds nothing', () => {
  const { stage, state, recording, say } = house()
  say('one')
  stage.flush()
  state.title = 'told'
  stage.flush()
  expect(recording.hasWork).toBe(true)
  recording.abandon()
  say('two')
  state.title = 'told on'
  stage.flush()
  expect(recording).toMatchObject({ hasWork: false, wantsState: false, isEnded: true })
  expect(recording.work(100)).toBe(0)
  expect(recording.take(true)).toEqual([])
})
