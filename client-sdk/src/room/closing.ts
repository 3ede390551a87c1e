/** What a close code or a failed seat means for a room: come back to it, or stay out. */
import { closeCodes, type CloseReason } from '@odeon/rooms/protocol'
import { Refusal, type Unavailable } from '../refusal.ts'

/**
 * Why a room is closed for good: `left` by us, `signed_out` with the account, one of the room's
 * own reasons, or the code with which a new seat was refused (`banned`, `not_found`, …).
 */
export type ClosedBecause = 'left' | 'signed_out' | CloseReason | (string & {})

export type Next =
  /** The same session may go on. */
  | { kind: 'resume' }
  /** Only a new seat will do. */
  | { kind: 'rejoin' }
  /** Nothing was learnt: the same again, not sooner than `afterMs`. */
  | { kind: 'retry'; afterMs: number }
  | { kind: 'closed'; because: ClosedBecause }

const CONSENTED = 4000
/** Going away, no status, no close frame, and Colyseus' "may try to reconnect". */
const resumable: ReadonlySet<number> = new Set([1001, 1005, 1006, 4010])
const reasons = new Map<number, CloseReason>(
  Object.entries(closeCodes).map(([reason, code]) => [code, reason as CloseReason]),
)

/** Reasons after which a new seat is welcome; where a sign-in ended, taking one finds that out. */
const passing: ReadonlySet<CloseReason> = new Set([
  'slowConsumer',
  'moved',
  'failed',
  'unauthenticated',
])

/** `said` is the refusal's own code, where the room gave one. */
export function afterClose(code: number, said?: string): Next {
  if (code === CONSENTED) return { kind: 'closed', because: 'left' }
  if (resumable.has(code)) return { kind: 'resume' }
  const because = reasons.get(code)
  if (because === undefined || passing.has(because)) return { kind: 'rejoin' }
  return { kind: 'closed', because: said ?? because }
}

/** Of a seat that was just taken: nobody was there to let us in. */
export function isAstray(next: Next | undefined): boolean {
  return next?.kind === 'resume' || next?.kind === 'rejoin'
}

/** Statuses that pass with time; every other refusal of a seat is final. */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 503])

export function afterSeatFailed(error: Refusal | Unavailable): Next {
  const isFinal =
    error instanceof Refusal && error.status !== undefined && !passingStatuses.has(error.status)
  if (isFinal) return { kind: 'closed', because: error.code }
  return { kind: 'retry', afterMs: error.retryAfterMs ?? 0 }
}
