/** A replay that waits for a part and is sent elsewhere meanwhile. */
import { expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { handWorld } from '../testing/hand-world.ts'
import { LiveReplay } from './live-replay.ts'
import type { LoadedPart, Recording, ReplayItem } from './recording.ts'
import type { Part, ReplayFacts } from './reel.ts'

const start = 1_000
const segment = (name: string, from: number, headFrom: number) => ({
  name,
  epoch: 1,
  frames: 1,
  bytes: 1,
  isAfterHole: false,
  startedAt: start + from,
  endedAt: start + from + 10_000,
  headFrom,
  head: headFrom + 1,
})
const facts: ReplayFacts = {
  status: 'ready',
  startedAt: start,
  durationMs: 30_000,
  segments: [segment('a', 0, 0), segment('b', 10_000, 1), segment('c', 20_000, 2)],
  pulse: [],
  pulseMs: 5_000,
  quoted: {},
}

function loaded(part: Part): LoadedPart {
  const [at, seq] = [part.from + 5_000, part.head]
  const entry = { type: 'chat.posted', seq, at } as ReplayItem
  return { part, state: {}, steps: [{ at, head: seq, change: 0 }], entries: [entry] }
}

test('[RPL-02] a seek away from a part that was waited for is not overtaken by that part', async () => {
  const world = handWorld()
  const waits = new Map<string, () => void>()
  const recording = {
    part: (part: Part) => {
      const name = part.segment?.name ?? ''
      if (name === 'a') return Promise.resolve(loaded(part))
      return new Promise<LoadedPart>((resolve) => waits.set(name, () => resolve(loaded(part))))
    },
    before: () => Promise.resolve([]),
  } as unknown as Recording
  const history = () => Promise.reject(new Error('not asked for'))
  const replay = new LiveReplay({ streamId: 's', recording, facts, history, world })
  const said: number[] = []
  replay.on('chat.posted', ({ seq }, { replayed }) => {
    if (!replayed) said.push(seq)
  })
  await replay.open(9_000)
  replay.play()
  world.advance(1_100)
  expect(replay.status).toBe('loading')
  const sought = replay.seek(29_000)
  waits.get('b')?.()
  await new Promise(setImmediate)
  expect(replay.status).toBe('loading')
  world.advance(500)
  waits.get('c')?.()
  await sought
  expect(replay.status).toBe('playing')
  expect(said).toEqual([])
})

test('[RPL-02] what was said in a last part that is shorter than a step is told before the end', async () => {
  const world = handWorld()
  const last = { ...segment('b', 10_000, 1), endedAt: start + 10_200 }
  const short = { ...facts, durationMs: 10_200, segments: [segment('a', 0, 0), last] }
  const entry = { type: 'chat.posted', seq: 2, at: start + 10_100 } as ReplayItem
  const part = async (asked: Part): Promise<LoadedPart> =>
    asked.segment?.name === 'b'
      ? { part: asked, state: {}, steps: [{ at: entry.at, head: 2, change: 0 }], entries: [entry] }
      : loaded(asked)
  const recording = { part, before: () => Promise.resolve([]) } as unknown as Recording
  const history = () => Promise.reject(new Error('not asked for'))
  const replay = new LiveReplay({ streamId: 's', recording, facts: short, history, world })
  const told: string[] = []
  await replay.open(9_900)
  replay.on('chat.posted', ({ seq }, { replayed }) => told.push(`${seq}${replayed ? ' past' : ''}`))
  replay.on('ended', () => told.push('ended'))
  replay.speed = 4
  replay.play()
  world.advance(1_000)
  await new Promise(setImmediate)
  expect(told).toEqual(['1 past', '2', 'ended'])
})

test.each(['recording_removed', 'recording_expired'] as const)(
  '[RPL-09] %s while it is played stops it, and says so',
  async (code) => {
    const world = handWorld()
    const asked: string[] = []
    const recording = {
      part: (part: Part) => {
        const name = part.segment?.name ?? ''
        asked.push(name)
        if (name === 'a') return Promise.resolve(loaded(part))
        return Promise.reject(new Refusal({ code, message: 'It is gone.' }))
      },
      before: () => Promise.resolve([]),
    } as unknown as Recording
    const history = () => Promise.reject(new Error('not asked for'))
    const replay = new LiveReplay({ streamId: 's', recording, facts, history, world })
    await replay.open(9_900)
    replay.play()
    world.advance(1_000)
    await new Promise(setImmediate)
    expect([replay.status, replay.goneBecause]).toEqual(['gone', code])
    const before = asked.length
    world.advance(60_000)
    expect([replay.status, asked.length]).toEqual(['gone', before])
    await expect(replay.seek(15_000)).rejects.toMatchObject({ code })
    expect(replay.status).toBe('gone')
  },
)

test('[RPL-10] a replay is where another clock says, stands where it stands, and goes on without', async () => {
  const world = handWorld()
  const part = async (asked: Part) => loaded(asked)
  const recording = { part, before: () => Promise.resolve([]) } as unknown as Recording
  const history = () => Promise.reject(new Error('not asked for'))
  const replay = new LiveReplay({ streamId: 's', recording, facts, history, world })
  const said: number[] = []
  replay.on('chat.posted', ({ seq }, { replayed }) => void (replayed || said.push(seq)))
  await replay.open(4_000)
  let film: number | undefined = 4_000
  replay.follow(() => film)
  replay.play()
  world.advance(3_000)
  expect([replay.position, said]).toEqual([4_000, []])
  film = 5_500
  world.advance(100)
  expect([replay.position, said]).toEqual([5_500, [1]])
  film = 1_000
  world.advance(100)
  expect(replay.position).toBe(5_500)
  await replay.seek(1_200)
  world.advance(100)
  expect(replay.position).toBe(1_200)
  film = undefined
  world.advance(500)
  expect(replay.position).toBe(1_700)
  replay.follow(undefined)
  replay.speed = 2
  world.advance(500)
  expect([replay.position, replay.status]).toEqual([2_700, 'playing'])
})

test.each([9, 0, -1, 0.2, 4.01, Number.NaN, Number.POSITIVE_INFINITY])(
  '[RPL-07] a speed of %d is refused by name, and the old one stays',
  (speed) => {
    const recording = {} as Recording
    const history = () => Promise.reject(new Error('not asked for'))
    const world = handWorld()
    const replay = new LiveReplay({ streamId: 's', recording, facts, history, world })
    replay.speed = 0.25
    let told = 0
    replay.onStatus(() => (told += 1))
    const set = () => (replay.speed = speed)
    expect(set).toThrow(RangeError)
    expect(set).toThrow(`speed must be from 0.25 to 4, not ${speed}`)
    expect([replay.speed, told]).toEqual([0.25, 0])
  },
)
