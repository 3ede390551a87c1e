/** Chat as it stands: its modes, what is pinned, and when emotes must be asked for anew. */
import { type SchemaType, schema, t } from '@colyseus/schema'

/** The pinned line; `id` is empty when there is none. */
export const Pinned = schema(
  {
    id: t.string().default(''),
    /** Who said it. */
    name: t.string().default(''),
    text: t.string().default(''),
    /** Name of the moderator who pinned it. */
    by: t.string().default(''),
    /** Unix ms at which it comes off by itself. */
    until: t.float64().default(0),
  },
  'Pinned',
)
export type Pinned = SchemaType<typeof Pinned>

/** Modes as in `ChatModes`, where their units and bounds are said. */
export const Chat = schema(
  {
    slowSeconds: t.uint16().default(0),
    followersMinutes: t.int32().default(-1),
    subscribersOnly: t.boolean().default(false),
    emoteOnly: t.boolean().default(false),
    unique: t.boolean().default(false),
    delaySeconds: t.uint8().default(0),
    pinned: t.ref(Pinned),
    /** Counts up when the channel's emotes change: read them again then. */
    emotesVersion: t.uint32().default(0),
  },
  'Chat',
)
export type Chat = SchemaType<typeof Chat>
