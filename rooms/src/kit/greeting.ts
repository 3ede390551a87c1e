/** What a socket gets before it gets frames: the state, where the log stands, some of its past. */
import { type Member, personOf } from './member.ts'
import { kitMessages, type Resync, type Welcome } from './protocol.ts'
import type { RoomLog } from './room-log.ts'
import { messageFrame } from './wire.ts'

export interface GreetingFacts {
  /** Ready frames that make the state whole. */
  state: readonly Buffer[]
  log: RoomLog
  member: Member
  backlogWanted: number
  more: Pick<Welcome, 'standing'> | undefined
  now: number
}

export function greetingOf(facts: GreetingFacts): Buffer {
  const { state, log, member, backlogWanted, more, now } = facts
  const backlog = log.backlog(backlogWanted)
  const welcome: Welcome = {
    epoch: log.epoch,
    head: log.head,
    from: backlog[0]?.seq ?? log.head + 1,
    backlog: backlog.length,
    you: personOf(member),
    ...more,
    serverTime: now,
  }
  const entries = backlog.map((entry) => entry.frame)
  return Buffer.concat([...state, messageFrame(kitMessages.welcome, welcome), ...entries])
}

/** For a socket that missed frames: it has the state again and may read the log. */
export function resyncOf(state: readonly Buffer[], { epoch, head }: RoomLog): Buffer {
  const at: Resync = { epoch, head }
  return Buffer.concat([...state, messageFrame(kitMessages.resync, at)])
}
