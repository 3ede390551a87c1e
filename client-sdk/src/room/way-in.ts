/**
 * How a new seat in a room is taken: by a socket that asks for it itself, or, where that does not
 * do, over HTTP and by a socket then.
 */
import { closeCodes } from '@odeon/rooms/protocol'
import { failureOf } from '../http/transport.ts'
import { Refusal, type Unavailable } from '../refusal.ts'
import { afterClose, type Next } from './closing.ts'
import type { Told } from './room-socket.ts'
import type { Seat } from './seat-url.ts'

export interface Door {
  /** Opens a socket that asks for its seat itself; undefined where that is not to be had. */
  walkIn?(options: { backlog: number }): Promise<Walk | undefined>
  takeSeat(options: { backlog: number }): Promise<Seat>
  /** Opens the socket of a seat; with a token, to resume its session. */
  connect(seat: Seat, reconnectionToken?: string): WebSocket
}

export interface Walk {
  raw: WebSocket
  /** Given up after so long, if sooner than other sockets. */
  withinMs?: number
}

/** What came of opening a socket; undefined when it is in the room. */
export type Opened =
  | Next
  /** Its seat is in another process. */
  | { kind: 'led'; seat: Seat }
  | { kind: 'refused'; error: Refusal | Unavailable }
  /** It closed before it was told anything. */
  | { kind: 'unheard' }
  | undefined

/** Given to sockets that did not say welcome in time. */
export const TOO_LATE = 4010

interface Entering {
  door: Door
  backlog: number
  /** Opens a socket up to its welcome; without a seat it is told one. */
  open: (opening: Walk & { seat?: Seat }) => Promise<Opened>
  /** True when nobody wants to enter any more. */
  isOver: () => boolean
}

/** Refusals that a call knows what to do about: it renews the sign-in, or waits a moment. */
const calledFor: ReadonlySet<string> = new Set(['unauthenticated', 'too_many_seats'])

/** Rejects with why there is no seat. */
export async function enterRoom(entering: Entering): Promise<Next | undefined> {
  const { door, backlog, open, isOver } = entering
  const walk = await door.walkIn?.({ backlog })
  const opened = walk === undefined ? { kind: 'unheard' as const } : await open(walk)
  if (isOver()) return { kind: 'retry', afterMs: 0 }
  if (opened?.kind === 'led') return await sit(entering, opened.seat)
  if (opened?.kind === 'refused') {
    const { error } = opened
    if (!(error instanceof Refusal && calledFor.has(error.code))) throw error
  } else if (opened?.kind !== 'unheard') return opened
  return await sit(entering, await door.takeSeat({ backlog }))
}

async function sit({ door, open }: Entering, seat: Seat): Promise<Next | undefined> {
  return nextOf(await open({ raw: door.connect(seat), seat }))
}

/** Of a socket that asked for its seat itself and closed before it was in the room. */
export function afterWalk(code: number, told: Told | undefined, said?: string): Opened {
  if (told === undefined) return { kind: 'unheard' }
  if (code === TOO_LATE) return { kind: 'retry', afterMs: 0 }
  if (!('seat' in told)) return { kind: 'refused', error: failureOf(told.status, told) }
  return code === closeCodes.moved ? { kind: 'led', seat: told.seat } : afterClose(code, said)
}

/** Of a socket that had a seat: it is told no other. */
export function nextOf(opened: Opened): Next | undefined {
  switch (opened?.kind) {
    case 'led':
    case 'refused':
    case 'unheard':
      return { kind: 'rejoin' }
    default:
      return opened
  }
}
