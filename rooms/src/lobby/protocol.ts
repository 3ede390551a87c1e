/** The lobby: who is live now, ranked (LIVE-27), for everybody who looks for something to watch. */
import type { StreamMedium } from '../live/protocol.ts'

export const lobbyLimits = {
  /** Streams in the state; more are found by page over HTTP. */
  listedMax: 100,
  viewersMax: 19_000,
  /** A room says that it lives this often … */
  heartbeatMs: 2_000,
  /** … and is unlisted when nothing was heard for so long; one heartbeat lists it again. */
  unlistedAfterMs: 6_000,
  /** Rank and viewers in the state are renewed this often; starts and ends at once. */
  refreshMs: 1_000,
  /** Speakers of a room of voices whose names a list shows; the others are counted. */
  voicesMax: 5,
  /** Points of a pulse, one for each five seconds. */
  pulsePoints: 24,
  rankHalfLifeMs: 10 * 60_000,
  /** Streams a process knows of; more are not listed anywhere. */
  knownMax: 20_000,
  pageMax: 100,
  /** Up to so many streams a start or an end is shown at once, beyond it with the next refresh. */
  sortedAtOnceMax: 1_000,
} as const

/** A speaker as lists show them; `isAudible` while their microphone is carried. */
export interface ListedVoice {
  id: string
  name: string
  isAudible: boolean
}

/** What a live room says of itself to the lobby. */
export interface StreamCardFacts {
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
  startedAt: number
  viewers: number
  chattersInFiveMinutes: number
  coinsInFiveMinutes: number
  /** Chat lines and reactions of each of the last periods of five seconds, oldest first. */
  pulse: number[]
  /** Of a room of voices: who sits there, the lowest seats first; and how many in all. */
  voices: ListedVoice[]
  speakers: number
}

/** A line for each: whether audible, id, name. Ids have no blanks, names no line breaks. */
export function voicesText(voices: readonly ListedVoice[]): string {
  return voices
    .slice(0, lobbyLimits.voicesMax)
    .map(({ id, name, isAudible }) => `${isAudible ? 1 : 0}${id} ${name.replaceAll('\n', ' ')}`)
    .join('\n')
}

export function readVoices(text: string): ListedVoice[] {
  if (text === '') return []
  return text.split('\n').map((line) => {
    const blank = line.indexOf(' ')
    return { id: line.slice(1, blank), name: line.slice(blank + 1), isAudible: line[0] === '1' }
  })
}

/** `viewers + 4·chatters in 5 min + coins in 5 min / 10`, before the decay. */
export function momentaryRank(facts: StreamCardFacts): number {
  return facts.viewers + 4 * facts.chattersInFiveMinutes + facts.coinsInFiveMinutes / 10
}

/** A stream as it is listed: its card, and the rank that decays slowly after a loud moment. */
export interface RankedCard extends StreamCardFacts {
  rank: number
}

/** Three digits: nobody sees more, and a rank that barely moves costs no patch. */
export function shownRank(rank: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, rank))) - 2)
  return Math.round(rank / step) * step
}

type Ordered = Pick<RankedCard, 'rank' | 'startedAt' | 'streamId'>

/** The order of lists: highest shown rank first; of equals the one that began first. */
export function byRank(one: Ordered, other: Ordered): number {
  const apart = shownRank(other.rank) - shownRank(one.rank)
  if (apart !== 0) return apart
  if (one.startedAt !== other.startedAt) return one.startedAt - other.startedAt
  if (one.streamId === other.streamId) return 0
  return one.streamId < other.streamId ? -1 : 1
}

/** One character for each point, a quarter of an octave apart: exact up to 4, then within 9 %. */
const pulseLetters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'

export function pulseText(points: readonly number[]): string {
  const letterOf = (count: number) => {
    const level = Math.round(4 * Math.log2(1 + Math.max(0, count)))
    return pulseLetters[Math.min(level, pulseLetters.length - 1)]
  }
  return points.slice(-lobbyLimits.pulsePoints).map(letterOf).join('')
}

export function readPulse(text: string): number[] {
  return Array.from(text, (letter) => Math.round(2 ** (pulseLetters.indexOf(letter) / 4)) - 1)
}
