/** The room of who is live now: `odeon.lobby.join()`. */
import {
  byRank,
  type ListedVoice,
  type LobbyCommands,
  type LobbyState,
  readPulse,
  readVoices,
  type StreamMedium,
} from '@odeon/rooms/protocol'
import type { Plain } from '../room/plain-state.ts'
import { RoomConnection, type RoomOptions } from '../room/room-connection.ts'

/** A stream as the lobby shows it. */
export interface ListedStream {
  streamId: string
  channelId: string
  handle: string
  /** Name of the channel. */
  name: string
  avatarUrl: string | null
  title: string
  category: string | null
  language: string | null
  country: string | null
  medium: StreamMedium
  /** Unix ms. */
  startedAt: number
  viewers: number
  /** In three digits; what the order is made by. */
  rank: number
  /** Lines and reactions in each of the last periods of five seconds, oldest first; about. */
  pulse: readonly number[]
  /** Of a room of voices: who speaks there, the lowest seats first, at most 5. */
  voices: readonly ListedVoice[]
  /** How many have a seat there. */
  speakers: number
}

export interface LobbySnapshot {
  /** The best 100, highest rank first. */
  readonly streams: readonly ListedStream[]
  /** All that are live; more than those listed are found with `odeon.lobby.live`. */
  readonly total: number
  /** How many are live in each category that has any. */
  readonly categories: ReadonlyMap<string, number>
}

type PlainLobby = Plain<LobbyState>
type PlainStream = PlainLobby['streams'] extends ReadonlyMap<string, infer Stream> ? Stream : never

/** A stream that did not change is the same object as before. */
const known = new WeakMap<object, ListedStream>()

function listed(stream: PlainStream, streamId: string): ListedStream {
  let made = known.get(stream)
  if (made === undefined) {
    const { isAudio, ...shown } = stream
    made = {
      ...shown,
      streamId,
      avatarUrl: stream.avatarUrl || null,
      category: stream.category || null,
      language: stream.language || null,
      country: stream.country || null,
      medium: isAudio ? 'audio' : 'video',
      pulse: readPulse(stream.pulse),
      voices: readVoices(stream.voices),
    }
    known.set(stream, made)
  }
  return made
}

function snapshotOf(state: unknown): LobbySnapshot {
  const { streams, total, categories } = state as PlainLobby
  const ranked = Array.from(streams, ([streamId, stream]) => listed(stream, streamId)).sort(byRank)
  return { streams: ranked, total, categories }
}

export class LobbyConnection extends RoomConnection<LobbySnapshot, object, LobbyCommands> {
  constructor(options: RoomOptions) {
    super({ ...options, view: snapshotOf })
  }
}
