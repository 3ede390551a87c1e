/**
 * Where seats in rooms are given out: finds the stream, asks whether the person may enter, opens
 * the room when nobody has, reserves a place. HTTP and Colyseus' own protocol both come here.
 */
import { matchMaker, type Room, ServerError } from '@colyseus/core'
import {
  type Identity,
  type LiveState,
  liveRoomId,
  type PendingSeats,
  type Streams,
  seatHeldMs,
  type World,
} from '@odeon/rooms'
import { Refused } from '../platform/http/refusal.ts'
import type { Seat, SeatRefusal } from './protocol.ts'

export interface SeatDeskDeps {
  streams: Streams
  seats: PendingSeats
  world: World
}

export interface SeatDesk {
  /** A reserved place; it is given up when no socket takes it within `seatHeldMs`. */
  take(options: {
    streamId: string
    identity: Identity
    joinOptions: { backlog?: number | undefined }
  }): Promise<Seat | Refused<SeatRefusal>>
  /** The seat behind a reconnection token. */
  resume(roomId: string, reconnectionToken: string): Promise<Seat | Refused<'not_found'>>
}

type RoomEntry = Awaited<ReturnType<typeof matchMaker.createRoom>>

/**
 * A room that ends just now is not there any more and not yet gone; the next look finds it gone.
 */
const attemptsMax = 3
const retryAfterMs = 50

export function seatDesk({ streams, seats, world }: SeatDeskDeps): SeatDesk {
  const opening = new Map<string, Promise<RoomEntry>>()

  /** The room of a stream, opened once however many ask for it at the same time. */
  const roomOf = async (streamId: string): Promise<RoomEntry> => {
    const roomId = liveRoomId(streamId)
    const running = opening.get(roomId)
    if (running) return running
    const found = findRoom(roomId).then(
      (room) => room ?? matchMaker.createRoom('live', { streamId }),
    )
    opening.set(roomId, found)
    try {
      return await found
    } finally {
      opening.delete(roomId)
    }
  }

  const reserve = async (
    streamId: string,
    auth: Identity,
    options: object,
  ): Promise<Seat | Refused<'room_full' | 'busy'>> => {
    for (let attempt = 1; ; attempt += 1) {
      const room = await roomOf(streamId)
      try {
        return (await matchMaker.reserveSeatFor(room, options, auth)) as Seat
      } catch (error) {
        if (!isNoSeat(error)) throw error
        const still = await findRoom(room.roomId)
        if (still && still.clients >= still.maxClients) return new Refused('room_full')
        if (attempt === attemptsMax) return new Refused('busy', { retryAfterMs: 1_000 })
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs * attempt))
      }
    }
  }

  return {
    async take({ streamId, identity, joinOptions }) {
      const stream = await streams.find(streamId)
      if (!stream) return new Refused('not_found')
      const admission = await streams.admit(streamId, identity)
      if ('refused' in admission) return new Refused(admission.refused)
      if (stream.phase === 'ended') return new Refused('ended')
      if (isStopping()) return new Refused('busy', { retryAfterMs: 1_000 })
      const { userId, name, kind, platformRole } = identity
      const now = world.now()
      if (!seats.take(userId, now, now + seatHeldMs)) {
        return new Refused('too_many_seats', { retryAfterMs: seatHeldMs })
      }
      let taken = false
      try {
        // Named one by one: Colyseus takes some fields, like `sessionId`, for its own.
        const seat = await reserve(streamId, { userId, name, kind, platformRole }, joinOptions)
        taken = !(seat instanceof Refused)
        return seat
      } finally {
        if (!taken) seats.use(userId)
      }
    },

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

/** Viewers in the room of a stream on this process; 0 when it has none. */
export function liveViewers(streamId: string): number {
  const room: Room<{ state: LiveState }> | undefined = matchMaker.getLocalRoomById(
    liveRoomId(streamId),
  )
  return room?.state.viewerCount ?? 0
}

/** The room said no or is gone; Colyseus exports no class to tell this error by. */
function isNoSeat(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'SeatReservationError'
}

async function findRoom(roomId: string): Promise<RoomEntry | undefined> {
  return (await matchMaker.findRoomsByIds([roomId])).get(roomId)
}

function isStopping(): boolean {
  return matchMaker.state === matchMaker.MatchMakerState.SHUTTING_DOWN
}
