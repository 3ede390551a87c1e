/**
 * Where a seat may lead: for each kind of room, its id, what opens it, and who may not enter. A
 * room asks again when somebody joins; asking here spares the opening of rooms for nobody.
 */
import { matchMaker } from '@colyseus/core'
import {
  type Admission,
  type Identity,
  liveRoomId,
  lobbyRoomId,
  meRoomId,
  type NoticeBox,
  type Streams,
} from '@odeon/rooms'
import type { SeatRefusal } from './protocol.ts'

export type Destination =
  | { kind: 'live'; streamId: string }
  | { kind: 'lobby' }
  /** The personal room of whoever asks: there is no way to name another. */
  | { kind: 'me' }

export interface Place {
  roomId: string
  /** Name of the room's class and what it is opened with. */
  kind: Destination['kind'] | 'audio' | 'relay'
  openWith: object
  /** The process that shall open it; without it the one that is asked. */
  openIn?: string
  /** What was found out of who asks. */
  admission?: Admission
  /** A viewer's place in a room that relays may carry. */
  mayBeCarried?: boolean
}

export interface DestinationDeps {
  streams: Pick<Streams, 'admit'>
  notices: Pick<NoticeBox, 'open'>
}

type Found<Refusal> = Place | { refused: Refusal }

export async function findPlace(
  { streams, notices }: DestinationDeps,
  to: Destination,
  identity: Identity,
): Promise<Found<Extract<SeatRefusal, 'not_found' | 'banned' | 'blocked' | 'ended'>>> {
  const { kind } = to
  switch (kind) {
    case 'live': {
      // The database knows a stream in whichever case its id is written; its room has one name.
      const streamId = to.streamId.toLowerCase()
      const admission = await streams.admit(streamId, identity)
      if ('refused' in admission) return admission
      if (admission.isOver) return { refused: 'ended' }
      const mayBeCarried = admission.role === 'viewer'
      const roomId = liveRoomId(streamId)
      // A stream's room has one id whatever it is made of.
      const named = admission.medium === 'audio' ? 'audio' : kind
      return { kind: named, roomId, openWith: { streamId }, admission, mayBeCarried }
    }
    case 'lobby': {
      const { processId } = matchMaker
      return { kind, roomId: lobbyRoomId(processId), openWith: { processId } }
    }
    case 'me': {
      const { userId } = identity
      if (!(await notices.open(userId))) return { refused: 'banned' }
      return { kind, roomId: meRoomId(userId), openWith: { userId } }
    }
  }
}

const idOfStream = new RegExp(`^${liveRoomId('(.+)')}$`)

/** What Colyseus clients name: the id of a stream's room, `lobby`, or `me` for one's own. */
export function destinationOf(name: string): Destination | undefined {
  if (name === 'lobby' || name === 'me') return { kind: name }
  const streamId = idOfStream.exec(name)?.[1]
  return streamId === undefined ? undefined : { kind: 'live', streamId }
}
