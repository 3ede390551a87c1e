/** Why a recording cannot be played, by name. */
import { Refusal } from '../refusal.ts'
import type { ReplayFacts } from './reel.ts'

const reasons = {
  recording: ['still_recording', 'The recording is not finished yet.'],
  none: ['not_recorded', 'This stream was not recorded.'],
  expired: ['recording_expired', 'The recording was kept for its time and is gone.'],
  removed: ['recording_removed', 'The recording was taken away.'],
  lost: ['recording_lost', 'The recording has been lost.'],
} as const

/** Codes of a recording that nobody will have again. */
export type GoneBecause = 'recording_expired' | 'recording_removed' | 'recording_lost'

export function noRecording(status: Exclude<ReplayFacts['status'], 'ready'>): Refusal {
  const [code, message] = reasons[status]
  return new Refusal({ code, message })
}

const gone: readonly GoneBecause[] = ['recording_expired', 'recording_removed', 'recording_lost']

export function goneBecause(error: unknown): GoneBecause | undefined {
  return error instanceof Refusal ? gone.find((code) => code === error.code) : undefined
}
