/** Segments that cannot be had: lost, taken away, or bytes that say nothing. */
import { expect, test } from 'vitest'
import type { Session } from '../auth/session.ts'
import { Refusal } from '../refusal.ts'
import { Playhead } from './playhead.ts'
import { Recording } from './recording.ts'
import { partsOf, type ReplayFacts } from './reel.ts'

const facts: ReplayFacts = {
  status: 'ready',
  startedAt: 1_000,
  durationMs: 10_000,
  segments: [
    {
      name: 'a',
      epoch: 1,
      frames: 1,
      bytes: 1,
      isAfterHole: false,
      startedAt: 1_000,
      endedAt: 11_000,
      headFrom: 0,
      head: 0,
    },
  ],
  pulse: [],
  pulseMs: 5_000,
  quoted: {},
}

/** `segment` undefined: it is not found. */
function recorded(status: ReplayFacts['status'], segment?: string): Recording {
  const send = ({ path }: { path: string }) => {
    if (path.endsWith('/replay')) return Promise.resolve({ ...facts, status })
    if (path.includes('/entries')) return Promise.resolve({ entries: [], more: false })
    if (segment !== undefined) return Promise.resolve(new TextEncoder().encode(segment))
    return Promise.reject(new Refusal({ code: 'not_found', message: 'No.', status: 404 }))
  }
  return new Recording({ send } as unknown as Session, 'stream')
}
const [part] = partsOf(facts)

test.each(['removed', 'expired'] as const)(
  '[RPL-09] a segment of a recording that was %s says so by its code',
  async (status) => {
    const loading = recorded(status).part(part!)
    await expect(loading).rejects.toMatchObject({ code: `recording_${status}` })
  },
)

test('[RPL-08] a segment that was lost since is a hole', async () => {
  expect(await recorded('ready').part(part!)).toMatchObject({ state: undefined, steps: [] })
})

test('[RPL-09] bytes that say nothing are a hole, and a recording of nothing else is lost', async () => {
  const garbled = recorded('ready', 'these bytes were no gzip')
  expect(await garbled.part(part!)).toMatchObject({ state: undefined, steps: [] })
  const nobody = { state: () => {}, restart: () => {}, entry: () => {} }
  const playhead = new Playhead(garbled, partsOf(facts), nobody)
  await expect(playhead.seek(1_000)).rejects.toMatchObject({ code: 'recording_lost' })
})
