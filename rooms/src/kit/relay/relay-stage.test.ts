/** What a relay shows behind a hole in what it followed. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Past } from '../journal/past.ts'
import type { JournalRecord } from '../journal/record.ts'
import type { Output } from '../outlet.ts'
import { messageFrame, websocketFrame } from '../wire.ts'
import { RelayStage } from './relay-stage.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const quiet = { command() {}, frame() {}, closed() {}, skipped() {}, thinned() {}, resynced() {} }
const pastAt = (head: number): Past => ({
  epoch: 1,
  head,
  epochFrom: 1,
  state: [Buffer.from(`whole state at ${head}`)],
  log: [],
  amended: [],
  memory: {},
  done: [],
  members: [],
  taken: {},
  sameSince: 1,
  n: head,
  at: 0,
  kept: [],
})

function lineAt(seq: number): JournalRecord {
  const patch = websocketFrame(Buffer.from(`patch at ${seq}`))
  const said = messageFrame('chat.posted', { seq, at: 0 })
  return {
    epoch: 1,
    n: seq,
    head: seq,
    entries: 1,
    patchBytes: patch.byteLength,
    chunk: Buffer.concat([patch, said]),
    full: undefined,
    hidden: undefined,
    at: 0,
  }
}

test('[REL-03] behind a hole slow readers get the whole state, too, and nothing of before', async () => {
  const stage = new RelayStage({
    kind: 'live',
    meter: quiet,
    world: { now: () => 0, newId: () => 'id', random: () => 0.5 },
    welcomeMore: () => undefined,
    failed: (error) => expect.fail(String(error)),
    sparing: () => true,
  })
  const shown: Output[] = []
  vi.spyOn(stage.outlet, 'show').mockImplementation((output) => void shown.push(output))
  stage.begin(pastAt(4))
  stage.next(lineAt(5))
  stage.begin(pastAt(9))
  stage.next(lineAt(10))
  await vi.advanceTimersByTimeAsync(1_000)
  stage.stop()
  const thin = shown.map(({ frame }) => String(frame?.thin?.() ?? frame?.chunk)).join('')
  expect(thin).toMatch(/whole state at 9[^]*patch at 10/)
  expect(thin).not.toContain('patch at 5')
})
