/**
 * What is true now in a live room; sent in full to a joiner, as patches to the others.
 * Its size depends neither on the audience nor on time.
 */
import { type SchemaType, schema, t } from '@colyseus/schema'
import { Battle } from '../battles/state.ts'
import { Chat } from '../chat/state.ts'
import { ReactionTotals } from '../reactions/state.ts'
import { Metrics } from '../metrics/state.ts'
import { Floor } from '../floor/state.ts'
import { Gifts } from '../gifts/state.ts'
import { CrewMember } from '../roster/state.ts'
import { Treasure } from '../treasure/state.ts'
import type { Category, StreamPhase } from './protocol.ts'

export const LiveState = schema(
  {
    streamId: t.string(),
    channelId: t.string(),
    /** Handle of the channel, e.g. `nightowl`. */
    channel: t.string(),
    /** Name of the channel, as people read it. */
    name: t.string().default(''),
    /** Address of its picture; empty when it has none. */
    avatarUrl: t.string().default(''),
    title: t.string(),
    /** Empty when the stream is in none. */
    category: t.string<Category | ''>().default(''),
    phase: t.string<StreamPhase>().default('pending'),
    /** Unix ms; 0 until it happens. */
    startedAt: t.float64().default(0),
    endedAt: t.float64().default(0),
    /** Members who are not hosts, counted; those inside the resume window included. */
    viewerCount: t.uint32().default(0),
    /** Hosts and moderators present, by user id. */
    crew: t.map(CrewMember),
    chat: t.ref(Chat),
    reactions: t.ref(ReactionTotals),
    metrics: t.ref(Metrics),
    /** Last of all: rooms that an earlier version wrote lack them, and are read by position. */
    floor: t.ref(Floor),
    gifts: t.ref(Gifts),
    battle: t.ref(Battle),
    treasure: t.ref(Treasure),
  },
  'LiveState',
)
export type LiveState = SchemaType<typeof LiveState>
