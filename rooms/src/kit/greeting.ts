/** What a socket gets before it gets frames: the state, where the log stands, some of its past. */
import type { Connection } from './connection.ts'
import { type Member, personOf } from './member.ts'
import { kitMessages, type Resync, type Welcome } from './protocol.ts'
import type { RoomLog } from './room-log.ts'
import { messageFrame } from './wire.ts'

export interface GreetingFacts {
  /** Ready frames that make the state whole. */
  state: readonly Buffer[]
  log: RoomLog
  /** What else somebody is told of themselves, if anything. */
  moreOf: (member: Member) => Pick<Welcome, 'standing'> | undefined
  now: () => number
}

interface Past {
  from: number
  count: number
  frames: Buffer
}

/**
 * Greets joiners with one moment of the room, whenever it is called: what they all get is put
 * together once.
 */
export function greeter({ state, log, moreOf, now }: GreetingFacts) {
  const { epoch, head } = log
  const whole = state.length === 1 ? (state[0] as Buffer) : Buffer.concat(state)
  const newest = log.backlog()
  const pasts = new Map<number, Past>()
  const pastOf = (wanted: number): Past => {
    let past = pasts.get(wanted)
    if (past === undefined) {
      const entries = newest.slice(Math.max(0, newest.length - wanted))
      const frames = Buffer.concat(entries.map(({ frame }) => frame))
      past = { from: entries[0]?.seq ?? head + 1, count: entries.length, frames }
      pasts.set(wanted, past)
    }
    return past
  }
  return ({ member, backlogWanted }: Connection): Buffer => {
    const { from, count, frames } = pastOf(backlogWanted)
    const welcome: Welcome = {
      epoch,
      head,
      from,
      backlog: count,
      you: personOf(member),
      ...moreOf(member),
      serverTime: now(),
    }
    return Buffer.concat([whole, messageFrame(kitMessages.welcome, welcome), frames])
  }
}

/** For a socket that missed frames: it has the state again and may read the log. */
export function resyncOf(state: readonly Buffer[], { epoch, head }: RoomLog): Buffer {
  const at: Resync = { epoch, head }
  return Buffer.concat([...state, messageFrame(kitMessages.resync, at)])
}
