/** The streams worth looking at first, and how many there are; its size depends on neither. */
import { type SchemaType, schema, t } from '@colyseus/schema'

/** A stream as the lobby shows it. Empty text stands for none. */
export const LobbyStream = schema(
  {
    channelId: t.string(),
    handle: t.string(),
    name: t.string(),
    avatarUrl: t.string().default(''),
    title: t.string(),
    category: t.string().default(''),
    language: t.string().default(''),
    country: t.string().default(''),
    /** Unix ms. */
    startedAt: t.float64(),
    viewers: t.uint32().default(0),
    /** Three digits of it; see `shownRank`. */
    rank: t.number().default(0),
    /** See `readPulse`. */
    pulse: t.string().default(''),
    /** A room of voices; a stream of pictures otherwise. */
    isAudio: t.boolean().default(false),
    /** Who speaks there: see `readVoices`; and how many have a seat. */
    voices: t.string().default(''),
    speakers: t.uint8().default(0),
  },
  'LobbyStream',
)
export type LobbyStream = SchemaType<typeof LobbyStream>

export const LobbyState = schema(
  {
    /** The best by rank, by stream id, in no order: `byRank` has it. */
    streams: t.map(LobbyStream),
    /** All that are live. */
    total: t.uint32().default(0),
    /** How many of them in each category that has any. */
    categories: t.map('uint32'),
  },
  'LobbyState',
)
export type LobbyState = SchemaType<typeof LobbyState>
