/** Which kinds of rooms may be carried by relays, and what a relay needs from outside. */
import type { Schema } from '@colyseus/schema'
import type { Admission, Identity } from '../../ports.ts'
import type { CommandTable } from '../command.ts'
import type { Journal } from '../journal/journal.ts'
import type { Sparing } from '../thin-frame.ts'
import type { RoomPorts } from '../room-ports.ts'

/** A kind of room that may be carried. */
export interface RelayedKind {
  /** State without content: its description must be the writer's. */
  blankState: () => Schema
  commands: CommandTable<never>
  viewersMax: number
  /** New for each relay: it may remember what came before. */
  sparing?: () => Sparing
  /** As the record admits a person to the room that was opened with these options. */
  admit: (openWith: object, identity: Identity) => Promise<Admission>
}

export interface Carried {
  kind: string
  /** Id of the writer's room. */
  writerId: string
  openWith: object
}

export interface RelayPorts extends Omit<RoomPorts, 'archive' | 'journal' | 'sinks'> {
  journal: Journal
  kinds: Readonly<Record<string, RelayedKind>>
  /** Opens the writer's room again, here or elsewhere, unless somebody has; never rejects. */
  succeed: (of: Carried) => Promise<void>
}

export interface RelayOptions extends Carried {
  processId: string
}

/** Ids of rooms hold letters, digits, `_` and `-` only. */
export const relayRoomId = (writerId: string, processId: string): string =>
  `${writerId}_r_${processId}`

export function kindOf({ kinds }: RelayPorts, kind: string): RelayedKind {
  const relayed = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined
  if (relayed === undefined) throw new Error(`rooms of kind ${kind} are not carried`)
  return relayed
}
