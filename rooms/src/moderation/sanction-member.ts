/** `member.timeout` and `member.ban`: muted in this channel, on every device, at once. */
import type { ChatScope } from '../chat/chat-scope.ts'
import type { Member } from '../kit/member.ts'
import { personActedOn } from './person-acted-on.ts'
import {
  type ActionTaken,
  type MemberBan,
  type MemberTimeout,
  moderationLimits,
} from './protocol.ts'
import { auditedLines, purgeLines } from './purge-lines.ts'
import { acted, takeAction } from './take-action.ts'

export function timeoutMember(
  scope: ChatScope,
  member: Member,
  message: MemberTimeout,
): Promise<ActionTaken> {
  const { seconds = moderationLimits.timeoutSecondsUsual } = message
  const until = scope.world.now() + seconds * 1_000
  return sanction(scope, member, { ...message, kind: 'timeout', until })
}

export function banMember(
  scope: ChatScope,
  member: Member,
  message: MemberBan,
): Promise<ActionTaken> {
  return sanction(scope, member, { ...message, kind: 'ban', until: null })
}

type Sanctioning = MemberBan & { kind: 'timeout' | 'ban'; until: number | null }

async function sanction(
  scope: ChatScope,
  member: Member,
  { kind, userId, until, reason, purge = true }: Sanctioning,
): Promise<ActionTaken> {
  const target = personActedOn(scope, member, userId)
  const lines = purge ? auditedLines(scope, (who) => who === userId) : []

  const { action, sanction: made } = await takeAction(scope, member, {
    kind,
    target,
    reason: reason ?? null,
    until,
    lines,
    details: { purge },
  })

  if (made !== undefined) scope.standings.sanction(userId, made)
  const redaction = purge ? purgeLines(scope, userId) : undefined
  return acted(scope, action, { redaction, muted: userId })
}

/** What the channel has against somebody is over; the record says what else stands. */
export function liftHere(scope: ChatScope, userId: string): void {
  scope.standings.lift(userId)
  scope.aside(scope.refresh(userId), 'how somebody stands was not read again')
}
