/** Holes: what was said in them is played by its own times, the state stays as it was. */
import { expect, test } from 'vitest'
import { Playhead } from './playhead.ts'
import type { LoadedPart, Recording, ReplayItem } from './recording.ts'
import { type Part, partsOf, type ReplayFacts } from './reel.ts'

const segment = { epoch: 1, frames: 1, bytes: 1, isAfterHole: false }
const facts: ReplayFacts = {
  status: 'ready',
  startedAt: 1_000,
  durationMs: 60_000,
  segments: [
    { ...segment, name: 'a', startedAt: 1_000, endedAt: 10_000, headFrom: 0, head: 2 },
    {
      ...segment,
      name: 'b',
      startedAt: 30_000,
      endedAt: 61_000,
      headFrom: 4,
      head: 5,
      isAfterHole: true,
    },
  ],
  pulse: [],
  pulseMs: 5_000,
  quoted: {},
}
const entry = (seq: number, at: number) => ({ type: 'chat.posted', seq, at }) as ReplayItem
const said = [
  entry(1, 2_000),
  entry(2, 9_000),
  entry(3, 15_000),
  entry(4, 20_000),
  entry(5, 40_000),
]

function loaded(part: Part): LoadedPart {
  const entries = said.filter(({ seq }) => seq > part.headFrom && seq <= part.head)
  const steps = entries.map(({ at, seq }) => ({
    at,
    head: seq,
    change: part.segment ? { seq } : 0,
  }))
  return { part, state: part.segment ? { seq: part.headFrom } : undefined, steps, entries }
}

function playhead() {
  const told: string[] = []
  const recording = {
    part: (part: Part) => Promise.resolve(loaded(part)),
    before: (head: number) => Promise.resolve(said.filter(({ seq }) => seq <= head)),
  } as unknown as Recording
  const head = new Playhead(recording, partsOf(facts), {
    state: (state, isKnown) =>
      told.push(`${String(state.seq)}${isKnown ? '' : ' as far as known'}`),
    restart: (entries) => told.push(`from ${entries.map(({ seq }) => seq).join()}`),
    entry: ({ seq }) => told.push(`said ${seq}`),
  })
  return { head, told }
}

test('[RPL-06] parts follow each other without a gap; a hole has the words between its neighbours', () => {
  const parts = partsOf(facts)
  expect(
    parts.map(({ from, to, headFrom, head, segment: of }) => [from, to, headFrom, head, of?.name]),
  ).toEqual([
    [1_000, 10_000, 0, 2, 'a'],
    [10_000, 30_000, 2, 4, undefined],
    [30_000, 61_000, 4, 5, 'b'],
  ])
})

test('[RPL-06] a seek into a hole holds the last state that is known, and says so', async () => {
  const { head, told } = playhead()
  await head.seek(16_000)
  expect(told).toEqual(['from 1,2,3', '2 as far as known'])
})

test('[RPL-06] played through a hole, every entry comes once and in order', async () => {
  const { head, told } = playhead()
  await head.seek(1_000)
  for (let at = 1_000; at <= 61_000; at += 500) {
    for (let step = head.step(at); step !== 'there'; step = head.step(at)) await step
  }
  expect(told.filter((one) => one.startsWith('said'))).toEqual(
    [1, 2, 3, 4, 5].map((n) => `said ${n}`),
  )
  expect(told).toContain('2 as far as known')
  expect(told.at(-1)).toBe('5')
})
