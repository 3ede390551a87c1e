/** What the kit itself needs from outside, whatever the kind of room. */
import type { Authenticator, LogArchive, Logger, RoomMeter, World } from '../ports.ts'
import type { FrameSink } from './frame.ts'
import type { Journal } from './journal/journal.ts'
import type { PendingSeats } from './seats.ts'

export interface RoomPorts {
  authenticator: Authenticator
  archive: LogArchive
  meter: RoomMeter
  logger: Logger
  world: World
  /** One for the whole process, shared with whatever else reserves seats. */
  seats: PendingSeats
  /** Takers of every frame beside the sockets of this process: relays, recorders. */
  sinks?: readonly FrameSink[]
  /** Where frames are kept for relays and successors; without it a room ends with its process. */
  journal?: Journal | undefined
}
