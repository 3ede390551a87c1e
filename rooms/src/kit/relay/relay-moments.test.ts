/** When relays speak to the writer of their room. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { kitLimits } from '../protocol.ts'
import { RelayLine } from './relay-line.ts'
import { type Came, unpackBatch } from './upstream.ts'

const world = { now: () => Date.now(), newId: () => 'id', random: () => 0.5 }
const came = (id: string): Came => ({
  kind: 'came',
  identity: { userId: id, name: id, kind: 'guest', platformRole: 'user' },
  admission: { role: 'viewer' },
})

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[REL-30] relays say at the same moments what they have to say, and else that they live', async () => {
  const said: { relay: string; n: number; at: number }[] = []
  const journal = {
    ask: async (_room: string, bytes: Buffer) => {
      const { relay, n } = unpackBatch(bytes)
      said.push({ relay, n, at: Date.now() })
    },
  }
  const [one, other] = ['p1', 'p2'].map(
    (relay) =>
      new RelayLine({ roomId: 'r', relay, epoch: () => 1, world, present: () => [], journal }),
  ) as [RelayLine, RelayLine]
  vi.setSystemTime(1_000_003)
  one.say(came('ann'))
  await vi.advanceTimersByTimeAsync(30)
  other.say(came('ben'))
  await vi.advanceTimersByTimeAsync(kitLimits.relayBatchMs)
  const at = Math.ceil(1_000_003 / kitLimits.relayBatchMs) * kitLimits.relayBatchMs
  expect(said).toEqual([
    { relay: 'p1', n: 1, at },
    { relay: 'p2', n: 1, at },
  ])
  for (let beats = 1; beats <= 2; beats += 1) one.beat(Date.now())
  expect(said.slice(2)).toEqual([{ relay: 'p1', n: 0, at: Date.now() }])
  one.stop()
  other.stop()
})
