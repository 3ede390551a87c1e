/**
 * Which sign-ins let their people into the media. A connection is named by the sign-in that let it
 * in: no sign-in has another's, and what one had let in ends with it.
 */
import { unkept } from '../kit/memory.ts'
import { mediaLimits, mediaTab } from '../media/protocol.ts'
import { GoneList } from './gone-people.ts'
import { namePart } from './name-part.ts'
import { floorLimits } from './protocol.ts'

/** Names are as long as tabs may be; none is one that is reserved. */
const opening = 's'
const signInCharacters = 9
const tabCharacters = 6

export class TicketSignIns {
  /**
   * By person, then by the sign-in's part of a name: whose it is now, who asked last at the end.
   * Whoever is not in it is let in by nothing, so that what is forgotten opens no door.
   */
  readonly #living = new Map<string, Map<string, string>>()
  /** Sign-ins that ended, and people of whom all did: known for longer than a ticket lets in. */
  readonly #ended = new GoneList(floorLimits.endedSignInsKeptMax, unkept)
  #isTakenOver = false

  /** An earlier process let people in, by sign-ins that nobody knows here: those stay. */
  hold(): void {
    this.#isTakenOver = true
  }

  /** What the connection is called among its person's; undefined when that sign-in has ended. */
  ticketed(userId: string, { tab, sid, now }: Ticketed): string | undefined {
    const part = namePart(sid, signInCharacters)
    if (this.#ended.has(keyOf(userId, part), now)) return undefined
    const mine = this.#living.get(userId) ?? new Map<string, string>()
    mine.delete(part)
    mine.set(part, sid)
    // The media let go of the oldest, too.
    const [oldest] = mine.keys()
    if (oldest !== undefined && mine.size > mediaLimits.tabsPerPersonMax) mine.delete(oldest)
    this.#living.set(userId, mine)
    return `${opening}${part}${namePart(tab, tabCharacters)}`
  }

  /** One has ended; without `sid` all of that person's have. */
  signedOut(userId: string, { sid, isHere, now }: SignedOut): void {
    // Of whoever comes later only those may be there already whom an earlier process let in.
    if (!isHere && !this.#isTakenOver) return
    const mine = this.#living.get(userId) ?? new Map<string, string>()
    const named = sid === undefined ? [] : [namePart(sid, signInCharacters)]
    // What was handed on is another's, under the same name.
    const isTheirs = (part: string) => sid === undefined || (mine.get(part) ?? sid) === sid
    const until = now + floorLimits.goneKeptMs
    for (const part of [...mine.keys(), ...named].filter(isTheirs)) {
      mine.delete(part)
      this.#ended.add(keyOf(userId, part), until)
    }
    if (sid === undefined) this.#ended.add(userId, until)
  }

  /** Of somebody who is here. */
  handedOn(userId: string, { from, to }: { from: string; to: string }): void {
    const mine = this.#living.get(userId) ?? new Map<string, string>()
    // What an earlier process let in by it is nobody else's.
    if (this.#isTakenOver) mine.set(namePart(from, signInCharacters), from)
    for (const [part, by] of mine) if (by === from) mine.set(part, to)
    if (mine.size > 0) this.#living.set(userId, mine)
  }

  /** Whether a connection of theirs by that name is by a sign-in that lives. */
  lets(userId: string, name: string, now: number): boolean {
    const part = name.slice(opening.length, opening.length + signInCharacters)
    const isNamed = mediaTab.safeParse(name).success
    if (isNamed && this.#living.get(userId)?.has(part)) return true
    const isEnded = this.#ended.has(userId, now) || this.#ended.has(keyOf(userId, part), now)
    return this.#isTakenOver && isNamed && !isEnded
  }

  left(userId: string): void {
    this.#living.delete(userId)
  }

  beat(now: number): void {
    this.#ended.beat(now)
  }
}

interface Ticketed {
  tab: string
  /** Empty where it is not known who said it. */
  sid: string
  now: number
}

interface SignedOut {
  sid: string | undefined
  /** By another sign-in, or waited for. */
  isHere: boolean
  now: number
}

const keyOf = (userId: string, part: string) => `${userId} ${part}`
