/**
 * Rooms over several processes: where their frames are kept, which relays carry them, who goes on
 * with them, and how a process that ends lets go of them.
 */
import {
  audioKind,
  type Carried,
  defineRelayRoom,
  type Journal,
  liveKind,
  type RelayPorts,
  type Streams,
} from '@odeon/rooms'
import { RedisJournal } from '../journal/redis-journal.ts'
import type { RoomClass } from '../platform/realtime.ts'
import type { Shared } from '../platform/shared.ts'
import type { Place } from './destinations.ts'
import { openOnce, type RoomEntry } from './open-once.ts'
import type { HouseRooms, OpenRoom } from './open-rooms.ts'
import { processToOpen } from './placement.ts'
import { succession } from './succession.ts'

export interface CarriedRoomsDeps {
  shared: Shared
  /** What every kind of room needs. */
  ports: Omit<RelayPorts, 'journal' | 'kinds' | 'succeed'>
  streams: Pick<Streams, 'admit'>
  rooms: Pick<HouseRooms, 'here'>
}

export interface CarriedRooms {
  /** Absent when this process is alone. */
  journal: Journal | undefined
  rooms: Record<string, RoomClass>
  /** The process that shall open a room. */
  processToOpen: typeof processToOpen
  /** The room of a place, opened once in the whole house. */
  roomOf: (place: Place) => Promise<RoomEntry>
  /** From then on nothing is opened here; what is open goes on elsewhere. */
  handOver: () => Promise<void>
}

/** This process ends; another one opens what is asked for. */
export class ProcessEnds extends Error {
  override name = 'ProcessEnds'
}

export function carriedRooms({ shared, ports, streams, rooms }: CarriedRoomsDeps): CarriedRooms {
  let isEnding = false
  const open = openOnce(shared)
  const roomOf = async (place: Place): Promise<RoomEntry> => {
    if (isEnding) throw new ProcessEnds('this process ends')
    return await open(place)
  }
  const { redis, pulse } = shared
  const journal = redis && new RedisJournal(redis)

  const handOver = async (): Promise<void> => {
    // Alone there is nobody to hand anything to: everybody waits for the next start.
    if (journal === undefined) return
    isEnding = true
    const handed = new Set<OpenRoom>()
    const left = () => rooms.here().filter((room) => !handed.has(room))
    // Seats that were given before may have opened more meanwhile.
    for (let some = left(); some.length > 0; some = left()) {
      for (const room of some) handed.add(room)
      await Promise.all(some.map(async (room) => await room.handOver?.()))
    }
  }

  const common = { journal, roomOf, handOver, processToOpen }
  if (journal === undefined || pulse === undefined) return { ...common, rooms: {} }
  const { logger: log } = ports
  const succeedHere = succession({ open: roomOf, isAlive: (id) => pulse.isAlive(id), log })
  const relay = defineRelayRoom({
    ...ports,
    journal,
    kinds: { live: carried(liveKind, streams), audio: carried(audioKind, streams) },
    succeed: async (of: Carried) => {
      if (!isEnding) await succeedHere(of)
    },
  })
  return { ...common, rooms: { relay } }
}

type Kind = RelayPorts['kinds'][string]

function carried(kind: Omit<Kind, 'admit'>, streams: Pick<Streams, 'admit'>): Kind {
  return {
    ...kind,
    admit: (openWith, identity) =>
      streams.admit((openWith as { streamId: string }).streamId, identity),
  }
}
