/** The media of a room, told what the room says of them. */
import type { MediaTicket } from '@odeon/rooms/protocol'
import type { ConnectionStatus } from '../room/room-link.ts'
import type { World } from '../world.ts'
import type { MediaFloor } from './media-sender.ts'
import { isQuiet, type SeatSound } from './quiet.ts'
import { RoomMedia } from './room-media.ts'

/** What is read of a room's state. */
interface MediaState {
  readonly phase: string
  readonly floor?:
    | { readonly hasMedia: boolean; readonly speakers: ReadonlyMap<string, SeatSound> }
    | undefined
}

/** What is needed of a room. */
export interface MediaRoom {
  readonly state: MediaState
  readonly you: { readonly id: string }
  readonly connection: ConnectionStatus
  onChange<Value>(select: (state: MediaState) => Value, call: () => void): () => void
  onConnection(call: (connection: ConnectionStatus) => void): () => void
}

export function mediaOf(
  room: MediaRoom,
  { world, ticket }: { world: World; ticket: (tab: string) => Promise<MediaTicket> },
): RoomMedia {
  const floorOf = ({ floor }: MediaState): MediaFloor => {
    const seat = floor?.speakers.get(room.you.id)
    return {
      hasMedia: floor?.hasMedia ?? false,
      isSeated: seat !== undefined,
      isSilenced: seat?.isSilenced ?? false,
    }
  }
  return new RoomMedia({
    world,
    ticket,
    ownId: () => room.you.id,
    floor: () => floorOf(room.state),
    isQuiet: (track) => isQuiet(room.state.floor?.speakers.get(track.userId), track),
    onFloor: (call) => {
      // With the start of a stream media may be had that were refused before.
      room.onChange((state) => [floorOf(state), state.phase, soundOf(state)], call)
    },
    onClosed: (call) => {
      room.onConnection((connection) => {
        if (connection === 'closed') call()
      })
    },
  })
}

/** Of all who have a seat. */
const soundOf = ({ floor }: MediaState): [string, boolean, boolean][] =>
  Array.from(floor?.speakers ?? [], ([id, { isMuted, isSilenced }]) => [id, isMuted, isSilenced])

/** What is needed of a room whose members look into another. */
export interface VisitingRoom {
  readonly state: { readonly battle?: { readonly phase: string } | undefined }
  readonly you: { readonly id: string }
  onChange<Value>(select: (state: VisitingRoom['state']) => Value, call: () => void): () => void
  onConnection(call: (connection: ConnectionStatus) => void): () => void
}

/** The media of a room that this one fights: to look and listen while the battle is under way. */
export function visitedMedia(
  room: VisitingRoom,
  { world, ticket }: { world: World; ticket: (tab: string) => Promise<MediaTicket> },
): RoomMedia {
  const isShared = ({ battle }: VisitingRoom['state']): boolean =>
    battle !== undefined && battle.phase !== 'none' && battle.phase !== 'invited'
  return new RoomMedia({
    world,
    ticket,
    ownId: () => room.you.id,
    floor: () => ({ hasMedia: isShared(room.state), isSeated: false, isSilenced: false }),
    // Of the other room's floor nothing is known here.
    isQuiet: () => false,
    onFloor: (call) => void room.onChange(isShared, call),
    onClosed: (call) => {
      room.onConnection((connection) => {
        if (connection === 'closed') call()
      })
    },
  })
}
