/**
 * The only ways a stream moves: pending → live → ended (LIVE-04). The loser of a race gets false.
 */
import type { Streams } from '@odeon/rooms/ports'
import type { StreamNumbers, StreamPhase } from '@odeon/rooms/protocol'
import type { Database } from '../platform/database.ts'
import { isDuplicate } from '../platform/database/fault.ts'
import { keepEngagement } from './engagement.ts'

/** Transition by name: the phase it needs and the phase it leads to. */
export const transitions = {
  start: { from: 'pending', to: 'live' },
  end: { from: 'live', to: 'ended' },
} as const satisfies Record<string, { from: StreamPhase; to: StreamPhase }>

export type Phases = Pick<Streams, 'start' | 'end'>

/** What became of a stream, told once its move is stored. */
export interface Moved {
  streamId: string
  channelId: string
  phase: StreamPhase
}

export function phases(
  { sql, transaction }: Pick<Database, 'sql' | 'transaction'>,
  told: (moved: Moved) => void = () => {},
): Phases {
  return {
    async start(streamId, atMs) {
      const { from, to } = transitions.start
      const at = new Date(atMs)
      try {
        const [moved] = await sql<{ channel_id: string }>`
          update streams set phase = ${to}, started_at = ${at}, checkpointed_at = ${at}
          where id = ${streamId} and phase = ${from} returning channel_id`
        if (moved) told({ streamId, channelId: moved.channel_id, phase: to })
        return moved !== undefined
      } catch (error) {
        // Another stream of the channel is live; the index saw it, however close the race was.
        if (isDuplicate(error)) return false
        throw error
      }
    },

    async end(streamId, atMs, numbers) {
      const { from, to } = transitions.end
      const at = new Date(atMs)
      const moved = await transaction(async (tx) => {
        await keepEngagement(tx, streamId, { atMs, numbers })
        // New follows are those that began in the stream and still hold; coins are the ledger's.
        const [ended] = await tx<{ channel_id: string; numbers: StreamNumbers }>`
          update streams s set phase = ${to}, ended_at = greatest(${at}, started_at),
            numbers = ${JSON.stringify(numbers)}::jsonb || jsonb_build_object('newFollows', (
              select count(*) from follows f
              where f.channel_id = s.channel_id and f.followed_at >= s.started_at),
              'coins', coalesce((select coins from stream_tallies t
                where t.stream_id = s.id and t.of = 'stream'), 0)),
            checkpointed_at = ${at}
          where id = ${streamId} and phase = ${from} returning channel_id, numbers`
        if (!ended) return null
        await tx`
          update channels set streams = streams + 1,
            live_ms = live_ms + ${Math.round(numbers.durationMs)},
            viewers_peak = greatest(viewers_peak, ${numbers.viewersPeak})
          where id = ${ended.channel_id}`
        return ended
      })
      if (!moved) return null
      told({ streamId, channelId: moved.channel_id, phase: to })
      return moved.numbers
    },
  }
}
