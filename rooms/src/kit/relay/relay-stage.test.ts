/** What a relay shows behind a hole in what it followed. */
import { schema } from '@colyseus/schema'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Past } from '../journal/past.ts'
import type { JournalRecord } from '../journal/record.ts'
import type { Connection } from '../connection.ts'
import { Outlet, type Output } from '../outlet.ts'
import { kitLimits } from '../protocol.ts'
import { FakeViewer } from '../../testing/fake-viewer.ts'
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

const Nothing = schema({}, 'Nothing')

class Listener {
  readonly connection: Connection
  /** Ms at which each frame was written. */
  readonly writtenAt: number[] = []
  #heard = ''

  constructor(id: string) {
    const member = { id, name: id, role: 'viewer', kind: 'guest', joinedAt: 0 } as const
    const { connection, socket } = new FakeViewer(member, new Nothing())
    this.connection = connection
    socket.write = (bytes) => {
      this.writtenAt.push(performance.now())
      this.#heard += String(bytes)
      return true
    }
  }

  /** The states and patches that came since the last call. */
  take(): string {
    const states = this.#heard.match(/(whole state|patch) at \d+/g) ?? []
    this.#heard = ''
    return states.join(' ')
  }
}

function openRelayStage(): RelayStage {
  return new RelayStage({
    kind: 'live',
    meter: quiet,
    world: { now: () => 0, newId: () => 'id', random: () => 0.5 },
    welcomeMore: () => undefined,
    failed: (error) => expect.fail(String(error)),
    sparing: () => true,
  })
}

test('[REL-03] behind a hole slow readers get the whole state, too, and nothing of before', async () => {
  const stage = openRelayStage()
  const shown: Output[] = []
  const show = vi.spyOn(Outlet.prototype, 'show')
  show.mockImplementation((output) => void shown.push(output))
  stage.begin(pastAt(4))
  stage.greet({} as Connection)
  stage.next(lineAt(5))
  stage.begin(pastAt(9))
  stage.next(lineAt(10))
  await vi.advanceTimersByTimeAsync(1_000)
  stage.stop()
  show.mockRestore()
  const thin = shown.map(({ frame }) => String(frame?.thin?.() ?? frame?.chunk)).join('')
  expect(thin).toMatch(/whole state at 9[^]*patch at 10/)
  expect(thin).not.toContain('patch at 5')
})

test('[REL-27] a large audience is written to in lanes by turns, and every socket gets the same', async () => {
  const stage = openRelayStage()
  stage.begin(pastAt(0))
  const size = kitLimits.laneSocketsMax
  const audience = Array.from({ length: 2 * size + 100 }, (_, n) => new Listener(`m${n}`))
  for (const { connection } of audience) stage.greet(connection)
  await vi.advanceTimersByTimeAsync(1_000)
  for (const listener of audience) {
    expect(listener.take()).toMatch(/^whole state at 0/)
    listener.writtenAt.length = 0
  }
  for (let seq = 1; seq <= 40; seq += 1) {
    stage.next(lineAt(seq))
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(1_000)
  stage.stop()
  const inOrder = Array.from({ length: 40 }, (_, n) => `patch at ${n + 1}`).join(' ')
  for (const listener of audience) expect(listener.take()).toBe(inOrder)
  // Of each lane one.
  const moments = [0, size, 2 * size].map((n) => audience[n]?.writtenAt ?? [])
  for (const one of moments) expect(one.length).toBeGreaterThan(5)
  expect(new Set(moments.flat()).size).toBe(moments.flat().length)
})
