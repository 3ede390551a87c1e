/**
 * Keeps a stream's numbers while it runs: what it comes to at the end (LIVE-26) and its pulse
 * (LIVE-25). After a crash it goes on from the last checkpoint; people seen before may then count
 * again among the unique ones.
 */
import type { StreamNumbers } from '../live/protocol.ts'
import type { ReactionKind } from '../reactions/protocol.ts'
import { metricsLimits } from './protocol.ts'
import { SlidingCount } from './sliding-count.ts'

export interface Pulse {
  messagesPerMinute: number
  chattersInFiveMinutes: number
  reactionsPerMinute: number
  viewersPeak: number
}

export const noReactions = { heart: 0, fire: 0, laugh: 0, clap: 0, wow: 0, cry: 0 } as const
const buckets = 60_000 / metricsLimits.everyMs
const minuteMs = 60_000

export class Tally {
  readonly #before: StreamNumbers | null
  #startedAt: number
  #viewers = 0
  #viewersSince: number
  #viewerMs = 0
  #peak: number
  #messages = 0
  readonly #reactions: Record<ReactionKind, number>
  readonly #unique = new Set<string>()
  readonly #chatters = new Set<string>()
  readonly #spoke = new Set<string>()
  readonly #lastSpoke = new Map<string, number>()
  readonly #joins: number[]
  readonly #messageRate = new SlidingCount(buckets)
  readonly #reactionRate = new SlidingCount(buckets)
  /** Lines and reactions of this period, and of each of the last ones, oldest first. */
  #inPeriod = 0
  #points: number[] = []

  /** `startedAt` 0 while the stream is pending; `before` are numbers from before a restart. */
  constructor(startedAt: number, now: number, before: StreamNumbers | null = null) {
    this.#startedAt = startedAt
    this.#viewersSince = now
    this.#before = before
    this.#peak = before?.viewersPeak ?? 0
    this.#joins = [...(before?.joinsPerMinute ?? [])]
    this.#reactions = { ...noReactions, ...before?.reactionsByKind }
  }

  start(at: number): void {
    this.#startedAt = at
    this.#viewersSince = at
    this.#viewerMs = 0
    this.#peak = this.#viewers
  }

  joined(memberId: string, at: number): void {
    addBounded(this.#unique, memberId)
    if (this.#startedAt === 0) return
    const minute = Math.floor((at - this.#startedAt) / minuteMs)
    if (minute < 0 || minute >= metricsLimits.joinMinutesMax) return
    while (this.#joins.length <= minute) this.#joins.push(0)
    this.#joins[minute] = (this.#joins[minute] ?? 0) + 1
  }

  viewers(count: number, at: number): void {
    this.#viewerMs += this.#viewers * Math.max(0, at - this.#viewersSince)
    this.#viewersSince = at
    this.#viewers = count
    this.#peak = Math.max(this.#peak, count)
  }

  message(memberId: string): void {
    this.#messages += 1
    this.#inPeriod += 1
    this.#messageRate.add(1)
    addBounded(this.#chatters, memberId)
    this.#spoke.add(memberId)
  }

  reaction(kind: ReactionKind, count: number): void {
    this.#reactions[kind] += count
    this.#inPeriod += count
    this.#reactionRate.add(count)
  }

  /** Called once every metrics period. */
  pulse(now: number): Pulse {
    this.#points = [...this.#points, this.#inPeriod].slice(-metricsLimits.pointsMax)
    this.#inPeriod = 0
    for (const memberId of this.#spoke) this.#lastSpoke.set(memberId, now)
    this.#spoke.clear()
    for (const [memberId, at] of this.#lastSpoke) {
      if (now - at > 5 * minuteMs) this.#lastSpoke.delete(memberId)
    }
    return {
      messagesPerMinute: this.#messageRate.turn(),
      chattersInFiveMinutes: this.#lastSpoke.size,
      reactionsPerMinute: this.#reactionRate.turn(),
      viewersPeak: this.#peak,
    }
  }

  /** Chat lines and reactions of each of the last periods, oldest first. */
  get points(): number[] {
    return [...this.#points]
  }

  numbers(at: number): StreamNumbers {
    this.viewers(this.#viewers, at)
    const before = this.#before
    const durationMs = this.#startedAt === 0 ? 0 : at - this.#startedAt
    const viewerMs = this.#viewerMs + (before?.watchMinutes ?? 0) * minuteMs
    return {
      durationMs,
      viewersPeak: this.#peak,
      viewersAverage: durationMs === 0 ? 0 : Math.round((viewerMs / durationMs) * 100) / 100,
      viewersUnique: this.#unique.size + (before?.viewersUnique ?? 0),
      watchMinutes: Math.round((viewerMs / minuteMs) * 100) / 100,
      messages: this.#messages + (before?.messages ?? 0),
      chatters: this.#chatters.size + (before?.chatters ?? 0),
      reactions: Object.values(this.#reactions).reduce((sum, count) => sum + count, 0),
      reactionsByKind: { ...this.#reactions },
      joinsPerMinute: [...this.#joins],
    }
  }
}

function addBounded(people: Set<string>, id: string): void {
  if (people.size < metricsLimits.peopleMax) people.add(id)
}
