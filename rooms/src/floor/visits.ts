/**
 * Visits of another room's people, who are no members here: each is named by the sign-in that asked
 * for it and by when, so that this room knows from the name alone when it is over.
 */
import { mediaLimits, visitTab } from '../media/protocol.ts'
import { unkept } from '../kit/memory.ts'
import { GoneList } from './gone-people.ts'
import { namePart } from './name-part.ts'
import { floorLimits } from './protocol.ts'

/** As long as names may be: two of a person's sign-ins or windows seldom share one. */
const signInCharacters = 4
const tabCharacters = 1
const secondsCharacters = 6
const part = (characters: number) => `[a-z0-9]{${characters}}`
const by = `(${part(signInCharacters)})${part(tabCharacters)}`
const pattern = new RegExp(`_${visitTab('')}${by}(${part(secondsCharacters)})$`)

export interface Visit {
  sid: string
  tab: string
  now: number
}

/** What the connection is called behind what says that it is a visit. */
export function visitName({ sid, tab, now }: Visit): string {
  const seconds = Math.floor(now / 1_000).toString(36)
  const named = namePart(sid, signInCharacters) + namePart(tab, tabCharacters)
  return named + seconds.padStart(secondsCharacters, '0')
}

export class Visits {
  /** Sign-ins that ended, and people of whom all did, for as long as a visit may last. */
  readonly #ended = new GoneList(floorLimits.endedSignInsKeptMax, unkept)

  /** Without `sid` all of that person's sign-ins have ended. */
  signedOut(userId: string, sid: string | undefined, now: number): void {
    const signIn = sid === undefined ? '' : namePart(sid, signInCharacters)
    this.#ended.add(keyOf(userId, signIn), now + mediaLimits.visitMs)
  }

  /** It has not been for too long, and the sign-in that asked for it lives. */
  lasts(userId: string, identity: string, now: number): boolean {
    const [, signIn = '', seconds = ''] = pattern.exec(identity) ?? []
    const from = Number.parseInt(seconds, 36) * 1_000
    if (!(now < from + mediaLimits.visitMs)) return false
    // Signed in anew they come again; of what was asked for before nothing lasts.
    const isFromBefore = from + mediaLimits.visitMs <= this.#ended.until(keyOf(userId, ''))
    return !isFromBefore && !this.#ended.has(keyOf(userId, signIn), now)
  }

  beat(now: number): void {
    this.#ended.beat(now)
  }
}

const keyOf = (userId: string, signIn: string) => `${userId} ${signIn}`
