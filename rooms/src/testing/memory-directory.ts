/** The directory of one process without a presence: for tests of rooms. */
import { Listings } from '../lobby/listings.ts'
import type { StreamCardFacts } from '../lobby/protocol.ts'
import type { Directory, World } from '../ports.ts'

export class MemoryDirectory implements Directory {
  readonly listings: Listings
  readonly #now: World['now']

  constructor(now: World['now'] = Date.now) {
    this.#now = now
    this.listings = new Listings(now())
  }

  publish(facts: StreamCardFacts): void {
    const now = this.#now()
    this.listings.hear(this.listings.rank(facts, now), now)
  }

  withdraw(streamId: string): void {
    this.listings.drop(streamId)
  }

  subscribe(...to: Parameters<Directory['subscribe']>): () => void {
    return this.listings.subscribe(...to)
  }
}

export const someCard = (
  streamId: string,
  more: Partial<StreamCardFacts> = {},
): StreamCardFacts => ({
  streamId,
  channelId: `channel-${streamId}`,
  handle: streamId,
  name: `Channel ${streamId}`,
  avatarUrl: null,
  title: 'A stream',
  category: null,
  language: null,
  country: null,
  medium: 'video',
  startedAt: 1,
  viewers: 1,
  chattersInFiveMinutes: 0,
  coinsInFiveMinutes: 0,
  pulse: [],
  voices: [],
  speakers: 0,
  ...more,
})
