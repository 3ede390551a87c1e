/** What the kit itself needs from outside, whatever the kind of room. */
import type { Authenticator, LogArchive, Logger, RoomMeter, World } from '../ports.ts'
import type { FrameSink, Recorder } from './frame.ts'
import type { Journal } from './journal/journal.ts'
import type { SeatCounter } from './seats.ts'

export interface RoomPorts {
  authenticator: Authenticator
  archive: LogArchive
  meter: RoomMeter
  logger: Logger
  world: World
  /** Shared with whatever else reserves seats. */
  seats: SeatCounter
  /** Takers of every frame beside the sockets of this process. */
  sinks?: readonly FrameSink[]
  /** Writes rooms down, so that they can be seen again. */
  recorder?: Recorder | undefined
  /** Where frames are kept for relays and successors; without it a room ends with its process. */
  journal?: Journal | undefined
}
