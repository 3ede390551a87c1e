/**
 * Where seats in rooms of every kind are given out: asks whether the person may enter, opens the
 * room when nobody has, reserves a place. HTTP and Colyseus' own protocol both come here.
 */
import { matchMaker, type Room, ServerError } from '@colyseus/core'
import {
  type Entrant,
  JournalAway,
  JournalFenced,
  type LiveState,
  liveRoomId,
  type SeatCounter,
  type World,
} from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import { Refused } from '../platform/http/refusal.ts'
import { type Destination, type DestinationDeps, findPlace, type Place } from './destinations.ts'
import { RedisUnavailable } from '../platform/redis.ts'
import type { Shared } from '../platform/shared.ts'
import { within } from '../platform/within.ts'
import { ProcessEnds } from './carried-rooms.ts'
import { type HeldSeat, heldSeat } from './held-seat.ts'
import { findRoom, openingLimits, type RoomEntry, RoomNotOpened } from './open-once.ts'
import { placement } from './placement.ts'
import type { Seat, SeatRefusal } from './protocol.ts'
import { giveUpSeat, reserveSeat } from './reserve-seat.ts'

export interface SeatDeskDeps extends DestinationDeps {
  seats: SeatCounter
  world: World
  log: Logger
  shared: Pick<Shared, 'pulse'>
  /** Sockets at the writer from which on viewers are seated at relays. */
  relayFromViewers: number
  /** The room of a place, opened once in the whole house. */
  roomOf: (place: Place) => Promise<RoomEntry>
}

export interface SeatDesk {
  /** A reserved place; it is given up when no socket takes it within `seatHeldMs`. */
  take(options: {
    to: Destination
    identity: Entrant
    joinOptions: { backlog?: number | undefined }
    /** The socket that will take it is there already, at this process: a seat here is no burden. */
    walksIn?: boolean
  }): Promise<Seat | Refused<SeatRefusal>>
  /** Of a seat for a socket that was there and has gone without hearing of it. */
  giveUp(seat: Seat, userId: string): void
  /** Somebody who is not signed in and may look: nobody that the accounts know of. */
  visitor(): Entrant
  /** The seat behind a reconnection token. */
  resume(roomId: string, reconnectionToken: string): Promise<Seat | Refused<'not_found'>>
}

/**
 * How long a process may take to open a relay, and to keep a seat, try by try. Who died before the
 * first two is known to be dead at the third, and who is only slow gets the time it needs then. A
 * room that ends just now is not there any more and not yet gone; the next look finds it gone.
 */
const tries = [
  { openWithinMs: 1_000, keepWithinMs: 1_000 },
  { openWithinMs: 1_000, keepWithinMs: 1_000 },
  { openWithinMs: openingLimits.waitMs, keepWithinMs: 2_000 },
] as const
const keepAtWriterMs = 2_000
const retryAfterMs = 50
const tooManyRetryMs = 1_000
const busyRetryMs = 1_000

export function seatDesk(options: SeatDeskDeps): SeatDesk {
  const { seats, world, log, shared, relayFromViewers, ...deps } = options
  const { roomOf } = options
  const placed = placement({
    pulse: shared.pulse,
    relayFromViewers,
    now: world.now,
    here: () => matchMaker.processId,
  })

  /**
   * The room somebody is seated in: the place itself, or a relay that carries it. A relay that
   * takes long to open is passed by this time: its process may be dead or only slow.
   */
  const seatedIn = async (
    place: Place,
    { openWithinMs, passBy }: { openWithinMs: number; passBy: Set<string> },
  ): Promise<RoomEntry | undefined> => {
    const writer = await roomOf(place)
    const where = await placed.find(place, writer, passBy)
    if (where.openIn === undefined) return writer
    const relay = await within(openWithinMs, roomOf(where))
    if (relay !== 'late') return relay
    passBy.add(where.openIn)
    return undefined
  }

  /** It is dead or hangs, unless its room has just ended and is not there to answer. */
  const silent = async ({ roomId, processId }: RoomEntry): Promise<void> => {
    const still = await findRoom(roomId)
    const isOwn = processId === matchMaker.processId
    if (still?.processId === processId && !isOwn) placed.shun(processId)
  }

  const reserve = async (
    place: Place,
    { auth, options, walksIn, foundAt }: SeatWanted,
    held: HeldSeat,
  ): Promise<Seat | Refused<'room_full' | 'busy' | 'too_many_seats'>> => {
    const passBy = new Set<string>()
    for (const [at, { openWithinMs, keepWithinMs }] of tries.entries()) {
      if (at > 0) await new Promise((resolve) => setTimeout(resolve, retryAfterMs * at))
      const room = await seatedIn(place, { openWithinMs, passBy })
      if (room === undefined) continue
      const isTakenNow = walksIn && room.processId === matchMaker.processId
      if (!isTakenNow && !(await held.take())) return tooMany()
      // Nobody else can give a seat at the writer, so it gets its time.
      const isCarried = room.roomId !== place.roomId
      const withinMs = isCarried ? keepWithinMs : keepAtWriterMs
      const walked = isTakenNow ? { admission: place.admission, at: foundAt } : undefined
      const seat = await reserveSeat(room, { auth, options, walked, withinMs, log })
      if (seat === 'silent') {
        await silent(room)
        continue
      }
      if (seat !== undefined) {
        placed.answered(room.processId)
        if (isTakenNow) held.giveBack()
        return seat
      }
      const still = await findRoom(room.roomId)
      if (still && still.clients >= still.maxClients) return new Refused('room_full')
    }
    return new Refused('busy', { retryAfterMs: busyRetryMs })
  }

  return {
    async take({ to, identity, joinOptions, walksIn = false }) {
      const place = await findPlace(deps, to, identity)
      const foundAt = world.now()
      if ('refused' in place) return new Refused(place.refused)
      if (isStopping()) return new Refused('busy', { retryAfterMs: busyRetryMs })
      // Named one by one: Colyseus takes some fields, like `sessionId`, for its own.
      const { userId, name, kind, platformRole, sid } = identity
      const auth = { userId, name, kind, platformRole, sid }
      const held = heldSeat(seats, userId, world)
      if (!walksIn && !(await held.take())) return tooMany()
      let taken = false
      try {
        const wanted = { auth, options: joinOptions, walksIn, foundAt }
        const seat = await reserve(place, wanted, held)
        taken = !(seat instanceof Refused)
        return seat
      } catch (error) {
        if (!isPassing(error)) throw error
        return new Refused('busy', { retryAfterMs: busyRetryMs })
      } finally {
        if (!taken) held.giveBack()
      }
    },

    giveUp(seat, userId) {
      giveUpSeat(seat, log)
      // One in this process was no burden to begin with.
      if (seat.processId !== matchMaker.processId) seats.use(userId)
    },

    visitor: () => ({
      userId: world.newId(),
      name: 'Visitor',
      kind: 'guest',
      platformRole: 'user',
    }),

    async resume(roomId, reconnectionToken) {
      try {
        return (await matchMaker.reconnect(roomId, { reconnectionToken })) as Seat
      } catch (error) {
        if (error instanceof ServerError) return new Refused('not_found')
        throw error
      }
    },
  }
}

interface SeatWanted {
  auth: Entrant
  options: object
  walksIn: boolean
  /** When it was found out who they are, Unix ms. */
  foundAt: number
}

/** Mostly they are on their way: a page that opens several rooms tries again soon. */
const tooMany = () => new Refused('too_many_seats', { retryAfterMs: tooManyRetryMs })

/** Viewers in the room of a stream on this process; undefined when it has none. */
export function liveViewers(streamId: string): number | undefined {
  const room: Room<{ state: LiveState }> | undefined = matchMaker.getLocalRoomById(
    liveRoomId(streamId),
  )
  return room?.state.viewerCount
}

/** What is shared is away, or a room takes long to open: another try may do. */
const isPassing = (error: unknown): boolean =>
  error instanceof RedisUnavailable ||
  error instanceof ProcessEnds ||
  error instanceof RoomNotOpened ||
  error instanceof JournalAway ||
  // Somebody else opened it meanwhile.
  error instanceof JournalFenced

function isStopping(): boolean {
  return matchMaker.state === matchMaker.MatchMakerState.SHUTTING_DOWN
}
