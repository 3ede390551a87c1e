/** A stream as home shows it, whoever told it: the lobby or, until it is there, the list. */
import type { ListedVoice, StreamMedium } from '@odeon/rooms/protocol'
import type { ListedStream, Stream } from '@odeon/sdk'

export interface LiveCard {
  streamId: string
  handle: string
  /** The channel's. */
  name: string
  avatarUrl: string | null
  title: string
  category: string | null
  language: string | null
  country: string | null
  medium: StreamMedium
  /** Unix ms. */
  startedAt: number | null
  /** Null while it is live. */
  endedAt: number | null
  viewers: number
  rank: number
  /** Chat and reactions of the last two minutes in steps of five seconds, oldest first. */
  pulse: readonly number[]
  /** Of a room of voices: a few of who speaks there, and how many do. */
  voices: readonly ListedVoice[]
  speakers: number
}

export function cardOf(stream: Stream): LiveCard {
  const { id, channel, title, category, language, medium, startedAt, endedAt, viewers } = stream
  return {
    streamId: id,
    handle: channel.handle,
    name: channel.name,
    avatarUrl: channel.avatarUrl,
    title,
    category,
    language,
    country: null,
    medium,
    startedAt,
    endedAt,
    viewers,
    rank: viewers,
    pulse: [],
    voices: [],
    speakers: 0,
  }
}

/** Without those who have a seat there; the host is never counted. */
export function listenersOf({ viewers, speakers }: LiveCard): number {
  return Math.max(0, viewers - Math.max(0, speakers - 1))
}

/** One card for one state of a stream: what did not change is drawn once. */
const listed = new WeakMap<ListedStream, LiveCard>()

export function cardOfListed(stream: ListedStream): LiveCard {
  let card = listed.get(stream)
  if (card === undefined) {
    card = { ...stream, endedAt: null }
    listed.set(stream, card)
  }
  return card
}

export interface HomeFilters {
  category?: string | undefined
  language?: string | undefined
  country?: string | undefined
}

/** From the address: whatever is not a plain code is no filter. */
export function homeFilters(search: Record<string, unknown>): HomeFilters {
  const code = (value: unknown) =>
    typeof value === 'string' && /^[A-Za-z-]{2,16}$/.test(value) ? value : undefined
  return {
    category: code(search.category),
    language: code(search.language),
    country: code(search.country),
  }
}

export function matches(card: LiveCard, filters: HomeFilters): boolean {
  return (['category', 'language', 'country'] as const).every(
    (name) => filters[name] === undefined || card[name] === filters[name],
  )
}

/**
 * What is shown while somebody points at it: everybody stays where they are, whoever has ended
 * stays too, and newcomers wait at the end.
 */
export function heldCards(shown: readonly LiveCard[], now: readonly LiveCard[], at: number) {
  const current = new Map(now.map((card) => [card.streamId, card]))
  const kept = shown.map(
    (card) => current.get(card.streamId) ?? { ...card, endedAt: card.endedAt ?? at },
  )
  const known = new Set(shown.map(({ streamId }) => streamId))
  return [...kept, ...now.filter(({ streamId }) => !known.has(streamId))]
}

/** How much livelier another room must be to take the large stage from who has it. */
const takeover = 1.25

/** The large stage first: it changes hands when its stream is over or clearly surpassed. */
export function onStageFirst(cards: readonly LiveCard[], holder: string | undefined): LiveCard[] {
  const [first] = cards
  const held = cards.find(({ streamId }) => streamId === holder)
  if (!first || !held || first.rank > held.rank * takeover + 1) return [...cards]
  return [held, ...cards.filter((card) => card !== held)]
}
