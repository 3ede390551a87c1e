/** How well picture and sound travel, as a word: from what the media measure of what is sent. */
import type { MediaFlow } from '@odeon/sdk'
import type { AirView } from './on-air.ts'

type Grade = 'good' | 'fair' | 'poor'
export type Health = Grade | 'idle' | 'elsewhere' | 'waiting' | 'again'

/** From here on people notice; from there on they leave. */
const lossFair = 0.02
const lossPoor = 0.08
const tripFairMs = 200
const tripPoorMs = 450
/** A picture that stands still takes little; below this none gets through. */
const pictureBpsPoor = 8_000

/** `elsewhere`: an encoder or another window of the host sends, and this one does not. */
export function healthOf(
  { sending, status, self }: Pick<AirView, 'sending' | 'status' | 'self'>,
  flow: MediaFlow | undefined,
): Health {
  if (sending.size === 0) return (self?.sources.size ?? 0) > 0 ? 'elsewhere' : 'idle'
  if ([...sending].every((source) => self?.muted.has(source))) return 'idle'
  if (status !== 'on') return 'again'
  return flow ? gradeOf(flow, sending.has('camera')) : 'waiting'
}

/** A line that was just made finds its pace: what is measured meanwhile says nothing of it. */
const settleMs = 6_000

/** Whether a line that was made then may be judged now; both in Unix ms. */
export function isSettled(madeAt: number, now: number): boolean {
  return now - madeAt >= settleMs
}

/** The worst of its figures decides. */
export function gradeOf(flow: MediaFlow, hasPicture: boolean): Grade {
  const { bitrateBps, lossShare, rttMs = 0 } = flow
  if (lossShare >= lossPoor || rttMs >= tripPoorMs) return 'poor'
  if (hasPicture && bitrateBps < pictureBpsPoor) return 'poor'
  return lossShare >= lossFair || rttMs >= tripFairMs ? 'fair' : 'good'
}

/** A bitrate in the unit in which people compare it; undefined when it says nothing. */
export function bitrateOf(
  bitrateBps: number,
): { unit: 'mbps' | 'kbps'; value: string } | undefined {
  if (bitrateBps < 500) return undefined
  if (bitrateBps >= 1_000_000) return { unit: 'mbps', value: (bitrateBps / 1_000_000).toFixed(1) }
  return { unit: 'kbps', value: String(Math.round(bitrateBps / 1_000)) }
}

/** A share as percent: one digit where it matters. */
export function percentOf(share: number): string {
  const percent = share * 100
  return percent > 0 && percent < 10 ? percent.toFixed(1) : String(Math.round(percent))
}
