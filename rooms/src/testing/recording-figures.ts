// `npm run replay:bench`: what recording a busy room costs beside what the room itself costs, how
// large it gets, and how long it takes to stand anywhere in it again; ratios of one run.
import { gunzipSync, gzipSync } from 'node:zlib'
import type { FrameSink } from '../kit/frame.ts'
import { changed, type Entry, readSegment } from '../kit/protocol.ts'
import { RoomRecording } from '../kit/recording/room-recording.ts'
import { RoomLog } from '../kit/room-log.ts'
import { Stage } from '../kit/stage.ts'
import { StageSerializer } from '../kit/stage-serializer.ts'
import { recordedLive } from '../live/recorded-live.ts'
import { LiveState } from '../live/state.ts'
import { CountingMeter, countingWorld, MemoryArchive } from './memory-ports.ts'

const minutes = 20
const framesPerSecond = 20
const seeks = 200

interface Line extends Entry {
  id: string
  text: string
}

function play(recordingOf: (now: () => number) => RoomRecording | undefined) {
  const clock = { now: 1_700_000_000_000 }
  const recording = recordingOf(() => clock.now)
  const state = new LiveState().assign({ streamId: 's', phase: 'live' })
  const serializer = new StageSerializer<LiveState>()
  serializer.reset(state as never)
  let frameMs = 0
  const sink: FrameSink = {
    get wantsState() {
      return recording?.wantsState ?? false
    },
    frame(frame) {
      const from = performance.now()
      recording?.frame(frame)
      frameMs += performance.now() - from
    },
  }
  const stage = new Stage({
    room: { id: 'live_s', kind: 'live' },
    serializer,
    archive: new MemoryArchive(),
    meter: new CountingMeter(),
    world: countingWorld(() => clock.now),
    log: new RoomLog({ epoch: 1, head: 0 }),
    beforeFrame: () => {},
    failed: (error) => {
      throw error
    },
    sinks: [sink],
  })
  stage.stop()
  const segments: ReturnType<RoomRecording['take']> = []
  let workMs = 0
  let takeMs = 0
  const startedAt = performance.now()
  for (let n = 0; n < minutes * 60 * framesPerSecond; n += 1) {
    clock.now += 1_000 / framesPerSecond
    state.viewerCount = 900 + (n % 100)
    state.reactions.heart += n % 7
    if (n % 4 === 0) stage.announce<Line>('chat.posted', { id: `${n}`, text: `line ${n}` })
    stage.flush()
    if (n % 5 > 0 || !recording) continue
    const from = performance.now()
    recording.work(50)
    const written = performance.now()
    if (n % 200 === 0) segments.push(...recording.take(false))
    workMs += written - from
    takeMs += performance.now() - written
  }
  if (recording) segments.push(...recording.take(true))
  return { segments, frameMs, workMs, takeMs, allMs: performance.now() - startedAt }
}

const room = { id: 'live_s', kind: 'live', epoch: 1, blank: () => new LiveState() }
const record = (now: () => number) => new RoomRecording(room, recordedLive, now)
play(record)
const plainRun = play(() => undefined)
const run = play(record)
const frames = minutes * 60 * framesPerSecond
const closed = run.segments.filter(({ isClosed }) => isClosed)
const stored = closed.map(({ text }) => gzipSync(text))
const bytes = stored.reduce((sum, { byteLength }) => sum + byteLength, 0)
const texts = closed.reduce((sum, { text }) => sum + text.length, 0)

const times: number[] = []
for (let n = 0; n < seeks; n += 1) {
  const from = performance.now()
  const at = stored[(n * 7) % stored.length]
  const segment = readSegment(gunzipSync(at ?? Buffer.alloc(0)).toString())
  const until = segment.frames.length * ((n % 10) / 10)
  let held: unknown = segment.head.state
  for (const [, , , change] of segment.frames.slice(0, until)) held = changed(held, change)
  times.push(performance.now() - from)
}
times.sort((one, other) => one - other)

const us = (ms: number) => `${((ms * 1_000) / frames).toFixed(1)} µs a frame`
const kib = (count: number) => `${(count / 1_024).toFixed(0)} KiB`
const say = (text: string) => void process.stdout.write(`  ${text}\n`)
say(`${minutes} minutes of a live room, ${framesPerSecond} frames/s, 5 lines/s, nobody watching`)
say(`the room alone           ${us(plainRun.allMs)}`)
say(`recording, in the frame  ${us(run.frameMs)}`)
say(`recording, beside it     ${us(run.workMs)}, ${us(run.takeMs)} for what is stored`)
const share = ((run.workMs + run.takeMs) / (minutes * 60_000)) * 100
say(`of one core              ${share.toFixed(3)} %`)
say(`size                     ${closed.length} segments, ${kib(texts)}, stored as ${kib(bytes)}`)
const [median = 0, p99 = 0] = [times[seeks / 2], times[Math.floor(seeks * 0.99)]]
say(`to stand anywhere in it  ${median.toFixed(1)} ms, at most ${p99.toFixed(1)} ms (p99)`)
