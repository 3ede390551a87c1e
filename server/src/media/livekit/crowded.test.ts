/** What one person can make the house ask of LiveKit, by coming in as often as they like. */
import type { MediaGrant } from '@odeon/rooms/ports'
import { mediaLimits } from '@odeon/rooms/protocol'
import { expect, onTestFinished, test, vi } from 'vitest'
import { quietLog, recordingLog } from '../../platform/testing/quiet-log.ts'
import { askedAtOnceMax } from './asks.ts'
import { livekitLimits } from './livekit-media.ts'
import { SummedLog, summedLogMs } from './summed-log.ts'
import { crowd, hearing, mediaAt, speaks } from './testing/crowd.ts'

const until = { timeout: 20_000, interval: 20 }
const { tabsPerPersonMax } = mediaLimits
const tabs = Array.from({ length: 60 }, (_, n) => `ann_t${n}`)

test('[MED-29] of sixty connections of one person each that is too many is ended once', async () => {
  const { livekit, comes, removed, state, asked, here } = await crowd()
  const clock = { now: 1_000 }
  for (const identity of tabs) comes(identity)
  comes('bob_a')
  const side = mediaAt(clock)
  side.open('live_a', hearing())
  await side.use(livekit)
  await vi.waitFor(() => expect(here.size).toBe(tabsPerPersonMax + 1), until)
  clock.now += livekitLimits.compareEveryMs
  await side.use(livekit)
  expect(asked('ListParticipants')).toBe(2)
  expect(removed.toSorted()).toEqual(tabs.slice(0, -tabsPerPersonMax).toSorted())
  expect(state.runningMax).toBeLessThanOrEqual(askedAtOnceMax.putOut)
})

test('[MED-29] who is put out already is not asked for again, and a flood of noes is one line', async () => {
  const { livekit, comes, removed, state, held } = await crowd()
  const { log, lines } = recordingLog()
  const clock = { now: 1_000 }
  for (const identity of tabs) comes(identity)
  const { promise, resolve } = Promise.withResolvers<void>()
  held.set('RemoveParticipant', promise)
  state.isRefusing = true
  const side = mediaAt(clock, log)
  const room = side.open('live_a', hearing())
  for (let look = 0; look < 4; look += 1) {
    await side.use(livekit)
    clock.now += livekitLimits.compareEveryMs
  }
  expect(await room.settle('ann'), 'rights wait for nobody who is put out').toBe(true)
  resolve()
  await vi.waitFor(() => expect(removed).toHaveLength(tabs.length - tabsPerPersonMax), until)
  expect(new Set(removed).size).toBe(removed.length)
  await vi.waitFor(() => expect(state.running).toBe(0), until)
  expect(lines.filter(({ level }) => level === 'warn')).toHaveLength(1)
})

test('[MED-29] what fails more often in a minute is said as its sum', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { log, lines } = recordingLog()
  const summed = new SummedLog(log)
  for (let n = 0; n < 500; n += 1) summed.warn({ n }, 'no')
  summed.warn({}, 'another')
  vi.advanceTimersByTime(summedLogMs)
  expect(lines.map(({ facts, text }) => [facts, text])).toEqual([
    [{ n: 0 }, 'no'],
    [{}, 'another'],
    [{ more: 499 }, 'no'],
  ])
  summed.warn({ n: 500 }, 'no')
  expect(lines.at(-1)?.facts).toEqual({ n: 500 })
})

test('[MED-08] what waits when a room goes on elsewhere puts nobody out', async () => {
  const { livekit, comes, held, asked } = await crowd()
  comes('ann_a')
  const { promise, resolve } = Promise.withResolvers<void>()
  held.set('UpdateParticipant', promise)
  let grant: MediaGrant | null = speaks
  const side = mediaAt({ now: 1_000 }, quietLog)
  const room = side.open('live_a', { ...hearing(), grantOf: () => grant })
  await side.use(livekit)
  await vi.waitFor(() => expect(asked('ListParticipants')).toBe(1), until)
  const [first, second] = [room.settle('ann'), room.settle('ann')]
  await vi.waitFor(() => expect(asked('UpdateParticipant')).toBe(1), until)
  room.release()
  grant = null
  resolve()
  expect([await first, await second]).toEqual([true, false])
  expect(asked('RemoveParticipant')).toBe(0)
})
