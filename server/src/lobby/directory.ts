/**
 * Who is live, shared by every process over Colyseus' presence: each room's heartbeat is a whole
 * card, so that nothing has to be asked for and whoever was away knows it all after one beat.
 */
import type { Directory, Logger } from '@odeon/rooms/ports'
import { Listings, lobbyLimits, type RankedCard } from '@odeon/rooms'
import { streamMedia } from '@odeon/rooms/protocol'
import { z } from 'zod'

const topic = 'odeon.directory'

/** What is used of Colyseus' presence. */
export interface Presence {
  subscribe(topic: string, hear: (message: unknown) => void): unknown
  unsubscribe(topic: string, hear: (message: unknown) => void): unknown
  publish(topic: string, message: unknown): unknown
}

export interface LobbyDirectory extends Directory {
  /** All that are known, in no order. */
  cards(): RankedCard[]
  /** Viewers of a live stream, wherever its room is; 0 of one that is not known. */
  viewers(streamId: string): number
  /** Begins to listen; the result ends it. */
  open(): () => Promise<void>
}

export interface DirectoryDeps {
  presence: Presence
  now: () => number
  newId: () => string
  log: Logger
}

const text = z.string().max(2_048)
const count = z.number().nonnegative()
const card = z.object({
  streamId: text,
  channelId: text,
  handle: text,
  name: text,
  avatarUrl: text.nullable(),
  title: text,
  category: text.nullable(),
  language: text.nullable(),
  country: text.nullable(),
  /** A process of an earlier version knows of video alone. */
  medium: z.enum(streamMedia).default('video'),
  startedAt: count,
  viewers: count,
  chattersInFiveMinutes: count,
  coinsInFiveMinutes: count,
  pulse: z.array(count).max(lobbyLimits.pulsePoints),
  voices: z
    .array(z.object({ id: text, name: text, isAudible: z.boolean() }))
    .max(lobbyLimits.voicesMax)
    .default([]),
  speakers: count.default(0),
  rank: count,
})
const message = z.union([z.object({ by: text, card }), z.object({ by: text, withdrawn: text })])
type Message = z.output<typeof message>

export function presenceDirectory({ presence, now, newId, log }: DirectoryDeps): LobbyDirectory {
  const listings = new Listings(now())
  /** A process hears itself at once, whatever becomes of the presence. */
  const by = newId()

  const say = (said: Message) => {
    Promise.resolve()
      .then(() => presence.publish(topic, said))
      .catch((err: unknown) => log.warn({ err }, 'other processes were not told who is live'))
  }

  const hear = (said: unknown) => {
    const { data, error } = message.safeParse(said)
    if (error !== undefined) return log.warn({ err: error }, 'the directory heard nonsense')
    if (data.by === by) return
    if ('withdrawn' in data) listings.drop(data.withdrawn)
    else listings.hear(data.card, now())
  }

  return {
    cards: () => listings.cards(),
    viewers: (streamId) => listings.card(streamId)?.viewers ?? 0,
    subscribe: (listener) => listings.subscribe(listener),

    publish(facts) {
      const ranked = listings.rank(facts, now())
      if (!listings.hear(ranked, now())) log.warn({ streamId: facts.streamId }, 'not listed: full')
      say({ by, card: ranked })
    },

    withdraw(streamId) {
      listings.drop(streamId)
      say({ by, withdrawn: streamId })
    },

    open() {
      const listening = Promise.resolve(presence.subscribe(topic, hear)).catch((err: unknown) =>
        log.error({ err }, 'the directory cannot hear other processes'),
      )
      const timer = setInterval(() => listings.sweep(now()), lobbyLimits.refreshMs)
      return async () => {
        clearInterval(timer)
        await listening
        await presence.unsubscribe(topic, hear)
      }
    },
  }
}
