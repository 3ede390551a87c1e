/**
 * The only ways a stream moves: pending → live → ended (LIVE-04). The loser of a race gets false.
 */
import type { StreamNumbers, StreamPhase } from '@odeon/rooms/protocol'
import type { Database } from '../platform/database.ts'
import { codeOf } from '../platform/database/fault.ts'

/** Transition by name: the phase it needs and the phase it leads to. */
export const transitions = {
  start: { from: 'pending', to: 'live' },
  end: { from: 'live', to: 'ended' },
} as const satisfies Record<string, { from: StreamPhase; to: StreamPhase }>

const uniqueViolation = '23505'

export interface Phases {
  start(streamId: string, atMs: number): Promise<boolean>
  end(streamId: string, atMs: number, numbers: StreamNumbers): Promise<boolean>
}

export function phases({ sql, transaction }: Pick<Database, 'sql' | 'transaction'>): Phases {
  return {
    async start(streamId, atMs) {
      const { from, to } = transitions.start
      const at = new Date(atMs)
      try {
        const moved = await sql`
          update streams set phase = ${to}, started_at = ${at}, checkpointed_at = ${at}
          where id = ${streamId} and phase = ${from} returning id`
        return moved.length === 1
      } catch (error) {
        // Another stream of the channel is live; the index saw it, however close the race was.
        if (codeOf(error) === uniqueViolation) return false
        throw error
      }
    },

    async end(streamId, atMs, numbers) {
      const { from, to } = transitions.end
      const at = new Date(atMs)
      return await transaction(async (tx) => {
        const [moved] = await tx<{ channel_id: string }>`
          update streams set phase = ${to}, ended_at = greatest(${at}, started_at),
            numbers = ${JSON.stringify(numbers)}, checkpointed_at = ${at}
          where id = ${streamId} and phase = ${from} returning channel_id`
        if (!moved) return false
        await tx`
          update channels set streams = streams + 1,
            live_ms = live_ms + ${Math.round(numbers.durationMs)},
            viewers_peak = greatest(viewers_peak, ${numbers.viewersPeak})
          where id = ${moved.channel_id}`
        return true
      })
    },
  }
}
