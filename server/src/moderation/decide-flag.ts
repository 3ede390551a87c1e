/**
 * Deciding a flag: the measure is carried out, recorded and told, and every flag about the same
 * thing is settled with it. Of two who decide at once the second hears so.
 */
import { liveRoomId } from '@odeon/rooms'
import { moderationLimits } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import { isStaff, relationTo } from './authority.ts'
import type { ModerationDeps } from './deps.ts'
import { type FlagRow, type Judged, settleFlags } from './judged-flag.ts'
import type { Decision, Measure } from './protocol.ts'
import type { Relation } from './rank.ts'
import { actorRoleOf, recordAction } from './record-action.ts'
import { lift } from './sanctions.ts'
import { commitAction, type HouseAction, type Taken } from './take-action.ts'
import { notifyPerson, refreshRooms } from './tell-concerned.ts'
import { tellOfAction } from './tell-of-action.ts'

export interface DecideDeps extends ModerationDeps {
  /** Suspends an account, or takes that back, on behalf of an administrator. */
  suspend: (
    adminId: string,
    userId: string,
    suspended: boolean,
    reason: string | null,
  ) => Promise<unknown>
  /** Ends a stream that is live; false when it is not. */
  endStream: (streamId: string, by: { id: string; name: string }) => Promise<boolean>
}

export type DecideRefusal =
  | 'not_found'
  | 'not_allowed'
  | 'already_decided'
  | 'not_possible'
  | 'outranked'
  | 'already_so'

type Outcome = Judged & { taken: Taken | null; lifted: string | null }
type Deciding = Decision & { flagId: string; by: SignedIn }

/** Carries a refusal out of a transaction, which it undoes. */
class Stop extends Error {
  readonly code: DecideRefusal
  constructor(code: DecideRefusal) {
    super(code)
    this.code = code
  }
}

export async function decideFlag(
  deps: DecideDeps,
  asked: Deciding,
): Promise<true | Refused<DecideRefusal>> {
  try {
    const outcome = await deps.database.transaction((sql) => commit(sql, deps, asked))
    tell(deps, asked, outcome)
    return true
  } catch (error) {
    if (error instanceof Stop) return new Refused(error.code)
    throw error
  }
}

async function commit(sql: Sql, deps: DecideDeps, asked: Deciding): Promise<Outcome> {
  const [flag] = await sql<FlagRow>`
    select id, type, target_id, subject_id, channel_id, stream_id, excerpt, status, sanction_id
    from flags where id = ${asked.flagId} for update`
  if (!flag) throw new Stop('not_found')
  const relation = await relationTo(sql, flag.channel_id, asked.by)
  // What is about oneself, or about nobody's channel of one's own, is not there.
  if (relation === 'viewer' || flag.subject_id === asked.by.userId) throw new Stop('not_found')
  if (flag.status === 'resolved') throw new Stop('already_decided')
  if (asked.status === 'reviewed' && flag.status === 'reviewed') throw new Stop('already_decided')
  const reason = mayNot(asked, flag, relation)
  if (reason) throw new Stop(reason)
  const at = deps.world.now()
  const id = deps.world.newId()
  const taken = await carryOut(sql, deps, { id, at, flag, asked })
  const lifted = await liftIfCleared(sql, { flag, asked, at })
  const role = actorRoleOf(relation, asked.by)
  await recordAction(sql, {
    id: deps.world.newId(),
    at,
    kind: asked.status === 'reviewed' ? 'flag_reviewed' : 'flag_resolved',
    by: { id: asked.by.userId, name: asked.by.name, role },
    channelId: flag.channel_id,
    streamId: flag.stream_id,
    target: flag.subject_id ? await nameOf(sql, flag.subject_id) : null,
    reason: asked.note ?? null,
    sanctionId: taken?.sanction?.id ?? lifted,
    lines: flag.type === 'message' && flag.excerpt ? [lineOf(flag, flag.excerpt)] : [],
    details: { flagId: flag.id, type: flag.type, measure: asked.action },
  })
  const judged = await settleFlags(sql, { flag, asked, at, taken })
  return { ...judged, taken, lifted }
}

/** Which measures fit which flag, and who may take them. */
function mayNot(asked: Deciding, flag: FlagRow, relation: Relation): DecideRefusal | undefined {
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

async function carryOut(
  sql: Sql,
  deps: DecideDeps,
  { id, at, flag, asked }: { id: string; at: number; flag: FlagRow; asked: Deciding },
): Promise<Taken | null> {
  const { action: measure, by, note = null, seconds } = asked
  if (measure === 'none') return null
  if (measure === 'suspend') {
    const done = await deps.suspend(by.userId, flag.subject_id as string, true, note)
    if (done instanceof Refused) throw new Stop('not_possible')
    return null
  }
  if (measure === 'end_stream') {
    const ended = await deps.endStream(flag.stream_id as string, { id: by.userId, name: by.name })
    if (!ended) throw new Stop('not_possible')
    return null
  }
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
  const outcome = await commitAction(sql, { id, at, action })
  if (!('refused' in outcome)) return outcome
  const { refused } = outcome
  throw new Stop(refused === 'outranked' || refused === 'already_so' ? refused : 'not_possible')
}

const isSanction = (measure: Measure) => measure === 'timeout' || measure === 'ban'

const lineOf = (flag: FlagRow, text: string) => ({
  id: flag.target_id,
  userId: flag.subject_id ?? '',
  text,
})

/** A mute the house imposed ends when somebody found nothing wrong with the line. */
async function liftIfCleared(
  sql: Sql,
  { flag, asked, at }: { flag: FlagRow; asked: Deciding; at: number },
): Promise<string | null> {
  const cleared = asked.status === 'resolved' && asked.action === 'none'
  if (!cleared || !flag.sanction_id || !isStaff(asked.by)) return null
  const sanctionId = flag.sanction_id
  return (await lift(sql, { sanctionId, by: asked.by.userId, at })) ? sanctionId : null
}

async function nameOf(sql: Sql, id: string): Promise<{ id: string; name: string }> {
  const [person] = await sql<{ name: string }>`select name from users where id = ${id}`
  return { id, name: person?.name ?? '' }
}

function tell(deps: DecideDeps, asked: Deciding, outcome: Outcome): void {
  const { flag, taken, lifted, reporters } = outcome
  if (taken) tellOfAction(deps, taken, null)
  if (taken?.action.kind === 'delete' && flag.stream_id) {
    deps.openRooms.byId(liveRoomId(flag.stream_id))?.removeLines?.([flag.target_id])
  }
  if (lifted && flag.subject_id) {
    refreshRooms(deps, flag.subject_id, { channelId: null })
    const facts = { kind: 'sanction_lifted', sanctionId: lifted } as const
    void notifyPerson(deps, flag.subject_id, null, facts)
  }
  if (asked.status !== 'resolved') return
  for (const userId of reporters) {
    const facts = { kind: 'report_resolved', text: asked.action, path: null } as const
    void notifyPerson(deps, userId, flag.channel_id, facts)
  }
}
