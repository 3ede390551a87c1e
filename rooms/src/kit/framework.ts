/**
 * Where the kit stands in for Colyseus' Room: what happens with an inbound message, what is sent
 * when a client confirms its join, how seats are counted. Methods of Room by these names; a test
 * fails if a new version of Colyseus stops calling them.
 */
import { type Client, Room, ServerError } from '@colyseus/core'
import type { Admission, Entrant, Identity } from '../ports.ts'
import { countSeats } from './count-seats.ts'
import { closeCodes } from './protocol.ts'

interface RoomInside {
  _onMessage(client: Client, data: Buffer): void
}

export interface Seam {
  readonly onMessage: (client: Client, data: Buffer, isBinary: boolean) => void
  readonly onJoinConfirmed: (client: Client) => void
}

export function takeOver(room: Room, seam: Seam): void {
  countSeats(room)
  Object.defineProperty(room, '_onMessage', { value: seam.onMessage })
  Object.defineProperty(room, 'sendFullState', { value: seam.onJoinConfirmed })
}

interface Reserved {
  /** By token: the seat, and what settles when somebody comes back to it or does not. */
  _reconnections: Record<string, [sessionId: string, awaited: { reject(reason: boolean): void }]>
  _reservedSeats: Record<string, unknown>
  _reservedSeatTimeouts: Record<string, NodeJS.Timeout>
  _autoDisposeTimeout: NodeJS.Timeout | undefined
}

/** Seats that no socket took: nobody comes by them any more. */
export function giveUpSeats(room: Room): void {
  const inside = room as unknown as Reserved
  const { _reservedSeats: seats, _reservedSeatTimeouts: timeouts } = inside
  // It gives an empty room time for whoever had a seat, and a stopped one keeps it open for ever.
  clearTimeout(inside._autoDisposeTimeout)
  inside._autoDisposeTimeout = undefined
  for (const sessionId of Object.keys(seats)) {
    clearTimeout(timeouts[sessionId])
    delete timeouts[sessionId]
    delete seats[sessionId]
  }
}

/** All that a person opened; with `sid` what one of their sign-ins did. */
export interface Opener {
  userId: string
  sid?: string | undefined
}

/** Whether that is behind a seat or a socket with this `auth`. */
export function isOpenedBy(auth: unknown, { userId, sid }: Opener): boolean {
  const entrant = auth as Partial<Entrant> | null | undefined
  return entrant?.userId === userId && (sid === undefined || entrant.sid === sid)
}

/**
 * Those that no socket took, and those that a lost socket would come back to. Returns how many of
 * them counted as reserved.
 */
export function giveUpSeatsOf(room: Room, opener: Opener): number {
  const { _reservedSeats: seats, _reconnections: awaited } = room as unknown as Reserved
  const waitedFor = new Map(Object.values(awaited))
  let counted = 0
  for (const [sessionId, seat] of Object.entries(seats)) {
    const [, auth] = seat as [unknown, unknown]
    if (!isOpenedBy(auth, opener)) continue
    const waiting = waitedFor.get(sessionId)
    // As when its time is over: the member leaves, and nobody resumes.
    if (waiting !== undefined) waiting.reject(false)
    else {
      giveUpSeat(room, sessionId)
      if (walkedIn(auth) === undefined) counted += 1
    }
  }
  return counted
}

/** What one sign-in of a person opened is another's from now on. */
export function handOnTo(room: Room, from: Opener & { sid: string }, sid: string): void {
  const { _reservedSeats: seats } = room as unknown as Reserved
  const ofSeats = Object.values(seats).map((seat) => (seat as [unknown, unknown])[1])
  for (const auth of [...ofSeats, ...room.clients.map((client) => client.auth as unknown)]) {
    if (isOpenedBy(auth, from)) (auth as Entrant).sid = sid
  }
}

/**
 * One seat, unless somebody took it: its place is free at once. Its time runs on, and when it is
 * over Colyseus counts it out of the listing and ends the room if nobody is there.
 */
export function giveUpSeat(room: Room, sessionId: string): void {
  if (!room.hasReservedSeat(sessionId)) return
  delete (room as unknown as Reserved)._reservedSeats[sessionId]
}

/** Lets Colyseus handle a message of its own protocol: join, leave, ping. */
export function passOn(room: Room, client: Client, data: Buffer): void {
  const inside = Room.prototype as unknown as RoomInside
  inside._onMessage.call(room, client, data)
}

/** The identity a seat was reserved for, or a named error when it was reserved without one. */
export function identityOf(auth: unknown): Identity {
  const identity = auth as Partial<Identity> | null | undefined
  if (typeof identity?.userId !== 'string') {
    throw new ServerError(closeCodes.unauthenticated, 'unauthenticated')
  }
  const { userId, name, kind, platformRole } = identity as Identity
  return { userId, name, kind, platformRole }
}

/** Of somebody whose socket is there already when the seat is reserved, in the same process. */
export interface WalkedIn {
  /** What was just found out of them, and when, Unix ms. */
  admission?: Admission | undefined
  at: number
}

/** What a seat is reserved with that counts for none that the person holds. */
export const authOfWalkIn = (identity: Entrant, walked: WalkedIn): object => ({
  ...identity,
  walked,
})

/** Undefined when the seat was reserved before its socket was there. */
export function walkedIn(auth: unknown): WalkedIn | undefined {
  return typeof auth === 'object' && auth !== null && 'walked' in auth
    ? (auth.walked as WalkedIn)
    : undefined
}
