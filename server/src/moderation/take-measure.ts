/** The measures a flag can be decided by: which fit it, who may take them, and what each leaves. */
import { moderationLimits } from '@odeon/rooms/protocol'
import type { Administration } from '../accounts/administration.ts'
import type { Sql } from '../platform/database.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import { keepStreamEnd } from './account-decisions.ts'
import { isStaff } from './authority.ts'
import type { ModerationDeps } from './deps.ts'
import type { FlagRow } from './judged-flag.ts'
import { leaveNotice, sanctionNotice } from './leave-notice.ts'
import { leaveEffect } from './pending-effects.ts'
import type { Decision, Measure } from './protocol.ts'
import type { Relation } from './rank.ts'
import { commitAction, type HouseAction, type Taken } from './take-action.ts'

export interface DecideDeps extends ModerationDeps {
  /** Suspends accounts, or takes that back, on behalf of an administrator. */
  administration: Pick<Administration, 'changeIn'>
}

export type DecideRefusal =
  | 'not_found'
  | 'not_allowed'
  | 'already_decided'
  | 'not_possible'
  | 'outranked'
  | 'already_so'

/** An action of a room or the desk, or what is to be carried out after the commit, or neither. */
export type Done = {
  taken: Taken | null
  pending: string[]
  /** Of a suspension or an ended stream: what can be appealed against. */
  decisionId?: string | null
}
export type Deciding = Decision & { flagId: string; by: SignedIn }

/** Carries a refusal out of a transaction, which it undoes. */
export class Stop<Code extends string = DecideRefusal> extends Error {
  readonly code: Code
  constructor(code: Code) {
    super(code)
    this.code = code
  }
}

/** Which measures fit which flag, and who may take them. */
export function mayNot(
  asked: Deciding,
  flag: FlagRow,
  relation: Relation,
): DecideRefusal | undefined {
  const { action, everywhere, by } = asked
  const fits: Record<Measure, boolean> = {
    none: true,
    warn: flag.subject_id !== null,
    delete: flag.type === 'message' && flag.stream_id !== null,
    timeout: flag.subject_id !== null,
    ban: flag.subject_id !== null,
    suspend: flag.subject_id !== null,
    end_stream: flag.stream_id !== null,
  }
  if (!fits[action]) return 'not_possible'
  if (action === 'suspend' && by.platformRole !== 'admin') return 'not_allowed'
  const wantsStaff = action === 'end_stream' || everywhere || flag.channel_id === null
  if (wantsStaff && action !== 'none' && !(relation === 'staff' || isStaff(by)))
    return 'not_allowed'
  return undefined
}

interface Taking {
  id: string
  at: number
  flag: FlagRow
  asked: Deciding
}

export async function takeMeasure(sql: Sql, deps: DecideDeps, taking: Taking): Promise<Done> {
  switch (taking.asked.action) {
    case 'none':
      return { taken: null, pending: [] }
    case 'suspend':
      return await suspend(sql, deps, taking)
    case 'end_stream':
      return await end(sql, deps, taking)
    default:
      return await act(sql, deps, taking, taking.asked.action)
  }
}

/** Why, in the words of who decides, or else what was reported. */
const whyOf = ({ asked, flag }: Taking): string => asked.note ?? flag.reason

async function suspend(sql: Sql, deps: DecideDeps, taking: Taking): Promise<Done> {
  const { flag, asked } = taking
  const userId = flag.subject_id as string
  const change = { suspended: true, reason: whyOf(taking) }
  const changed = await deps.administration.changeIn(sql, asked.by.userId, userId, change)
  if (changed instanceof Refused) throw new Stop('not_possible')
  // Taking it back would undo what somebody else decided.
  if (changed.was.suspended) throw new Stop('already_so')
  return { taken: null, decisionId: changed.suspensionId, pending: changed.pending }
}

/** The room, or whoever stands in for it, ends it after the commit; here it only has to be live. */
async function end(sql: Sql, { world }: DecideDeps, taking: Taking): Promise<Done> {
  const { id, at, flag, asked } = taking
  const streamId = flag.stream_id as string
  const [stream] = await sql<{ host_id: string }>`
    select host_id from streams where id = ${streamId} and phase = 'live'`
  if (!stream) throw new Stop('not_possible')
  const { host_id: userId } = stream
  const reason = whyOf(taking)
  await keepStreamEnd(sql, { id, userId, streamId, reason, byId: asked.by.userId, at })
  const ending = await leaveEffect(sql, { id, at }, { kind: 'end_stream', streamId })
  const facts = { ...sanctionNotice({ id, until: null, reason }), kind: 'stream_ended' } as const
  const told = await leaveNotice(sql, world, { to: [userId], channelId: null, facts })
  return { taken: null, decisionId: id, pending: [ending, ...told] }
}

type ActingMeasure = Exclude<Measure, 'none' | 'suspend' | 'end_stream'>

async function act(
  sql: Sql,
  { world }: DecideDeps,
  { id, at, flag, asked }: Taking,
  measure: ActingMeasure,
): Promise<Done> {
  const { by, note = null, seconds } = asked
  const forMs = (seconds ?? moderationLimits.timeoutSecondsUsual) * 1_000
  const action: HouseAction = {
    kind: measure,
    channelId: asked.everywhere && measure !== 'delete' ? null : flag.channel_id,
    streamId: flag.stream_id,
    by: { id: by.userId, name: by.name, role: 'moderator' },
    target: flag.subject_id ? { id: flag.subject_id, name: '' } : null,
    reason: note,
    ...(measure === 'timeout' && { until: at + forMs }),
    lines: flag.type === 'message' && flag.excerpt ? [lineOf(flag, flag.excerpt)] : [],
    details: { flagId: flag.id, ...(isSanction(measure) && flag.channel_id && { purge: true }) },
  }
  const outcome = await commitAction(sql, world, { id, at, action })
  if (!('refused' in outcome)) return { taken: outcome, pending: outcome.pending }
  const { refused } = outcome
  throw new Stop(refused === 'outranked' || refused === 'already_so' ? refused : 'not_possible')
}

const isSanction = (measure: Measure) => measure === 'timeout' || measure === 'ban'

export const lineOf = (flag: FlagRow, text: string) => ({
  id: flag.target_id,
  userId: flag.subject_id ?? '',
  text,
})
