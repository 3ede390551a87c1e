/**
 * The outside reviewer of a channel (C6): asked about each line, answers allow, deny or rewrite;
 * when it is away the channel's own policy decides. Never rejects.
 */
import type { Logger, Moderation, ReviewVerdict } from '@odeon/rooms/ports'
import { chatText } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { ExpiringCache } from '../../platform/expiring-cache.ts'
import type { Forgetting } from '../../platform/shared/forgetting.ts'
import type { Database } from '../../platform/database.ts'
import { reviewerLimits } from './reviewer-limits.ts'
import { type SafePostDeps, safePost } from './safe-post.ts'

export interface ReviewerSettings {
  url: string
  secret: string
  timeoutMs: number
  letsThrough: boolean
}

export interface OutsideReviewer {
  review: Moderation['review']
  /** For `ChannelDesk`. */
  has(channelId: string): Promise<boolean>
  /** Asks now about a made-up line and says what came of it. */
  probe(settings: ReviewerSettings): Promise<{ outcome: ReviewVerdict['decision']; tookMs: number }>
  /** Call it when the settings of a channel changed. */
  forget(channelId: string): void
}

export interface ReviewerDeps {
  database: Pick<Database, 'sql'>
  log: Logger
  now: () => number
  safety: SafePostDeps
  forgetting?: Pick<Forgetting, 'share'> | undefined
}

type Line = Parameters<Moderation['review']>[1]

const answer = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('allow') }),
  z.object({ decision: z.literal('deny') }),
  z.object({ decision: z.literal('rewrite'), text: chatText }),
])

export function outsideReviewer(deps: ReviewerDeps): OutsideReviewer {
  const { log, now } = deps
  const { sql } = deps.database
  const kept = new ExpiringCache<string, ReviewerSettings | null>({
    ttlMs: reviewerLimits.keptMs,
    entriesMax: reviewerLimits.keptMax,
    now,
  })
  deps.forgetting?.share('reviewers', kept)
  const inFlight = new Map<string, number>()
  let allInFlight = 0

  const settingsOf = (channelId: string) =>
    kept.get(channelId, async () => {
      const [row] = await sql<ReviewerSettings>`
        select url, secret, timeout_ms as "timeoutMs", lets_through as "letsThrough"
        from channel_reviewers where channel_id = ${channelId}`
      return row ?? null
    })

  const ask = async (settings: ReviewerSettings, channelId: string, line: Line) => {
    const { url, secret, timeoutMs } = settings
    const body = JSON.stringify({ ...line, channelId, sentAt: now() })
    const reply = await safePost(deps.safety, { url, secret, timeoutMs, body })
    return answer.parse(JSON.parse(reply))
  }

  /** One more question, unless too many are under way. */
  const counted = async <T>(channelId: string, work: () => Promise<T>): Promise<T> => {
    const own = inFlight.get(channelId) ?? 0
    const { inFlightMax, inFlightPerChannelMax } = reviewerLimits
    if (own >= inFlightPerChannelMax || allInFlight >= inFlightMax)
      throw new Error('too many asked')
    inFlight.set(channelId, own + 1)
    allInFlight += 1
    try {
      return await work()
    } finally {
      allInFlight -= 1
      const left = (inFlight.get(channelId) ?? 1) - 1
      if (left === 0) inFlight.delete(channelId)
      else inFlight.set(channelId, left)
    }
  }

  return {
    forget: (channelId) => kept.delete(channelId),
    has: async (channelId) => (await settingsOf(channelId)) !== null,

    async review(channelId, line) {
      let letsThrough = false
      try {
        const settings = await settingsOf(channelId)
        if (!settings) return null
        letsThrough = settings.letsThrough
        return await counted(channelId, () => ask(settings, channelId, line))
      } catch (error) {
        // Neither the address nor what it answered belongs into the log: both are the owner's.
        const { name, message } = error as Error
        log.warn(
          { channelId, reason: name === 'ZodError' ? name : message },
          'no word of a reviewer',
        )
        return { decision: 'away', letsThrough }
      }
    },

    async probe(settings) {
      const startedAt = now()
      const line = {
        id: 'probe',
        text: 'Is this line all right?',
        from: { id: 'probe', name: 'Odeon' },
      }
      const outcome = await counted('probe', () => ask(settings, 'probe', line)).then(
        ({ decision }) => decision,
        () => 'away' as const,
      )
      return { outcome, tookMs: now() - startedAt }
    },
  }
}
