/** What follows from a decision about an appeal, and from taking it back, in its transaction. */
import type { Sql } from '../platform/database.ts'
import type { SignedIn } from '../platform/http/endpoint.ts'
import { Refused } from '../platform/http/refusal.ts'
import { leaveNotice, sanctionNotice } from './leave-notice.ts'
import { leaveEffect } from './pending-effects.ts'
import type { KnownSanction } from './read-sanctions.ts'
import { holdPerson, lift, standAgain } from './sanctions.ts'
import { type DecideDeps, Stop } from './take-measure.ts'

interface Following {
  one: KnownSanction
  by: SignedIn
  /** Unix ms. */
  at: number
}

/** What stands ends; of a suspension also what keeps the account out. */
export async function liftFor(
  sql: Sql,
  { administration }: DecideDeps,
  { one, by, at }: Following,
): Promise<string[]> {
  const { view } = one
  if (view.kind !== 'suspension') {
    await lift(sql, { sanctionId: view.id, by: by.userId, at })
    return []
  }
  // Another may stand by now, which this appeal is not about.
  if (!view.stands) return []
  const change = { suspended: false, isAppeal: true }
  const changed = await administration.changeIn(sql, by.userId, view.person.id, change)
  if (changed instanceof Refused) throw new Stop('not_allowed')
  return changed.pending
}

/** Of a suspension that stands on; of anything else the notice says enough. */
export async function mailUpheld(
  sql: Sql,
  { world }: DecideDeps,
  { one: { view }, at }: Omit<Following, 'by'>,
): Promise<string[]> {
  if (view.kind !== 'suspension' || !view.stands) return []
  const { id: sanctionId, person } = view
  const letter = { kind: 'letter', userId: person.id, says: 'upheld', sanctionId, at } as const
  return [await leaveEffect(sql, { id: world.newId(), at }, letter)]
}

/** Its time may be over by now, or another decision stands in its place: then that holds. */
export async function standFor(
  sql: Sql,
  deps: DecideDeps,
  { one, by, at, liftedAt }: Following & { liftedAt: string },
): Promise<string[]> {
  const { view, channelId } = one
  const { id: sanctionId, person } = view
  if (view.kind === 'suspension') {
    const { reason } = view
    const change = { suspended: true, resumes: sanctionId, ...(reason !== null && { reason }) }
    const changed = await deps.administration.changeIn(sql, by.userId, person.id, change)
    if (changed instanceof Refused) throw new Stop('not_possible')
    return changed.pending
  }
  await holdPerson(sql, person.id)
  if (!(await standAgain(sql, { sanctionId, liftedAt, at }))) return []
  const facts = sanctionNotice(view)
  return await leaveNotice(sql, deps.world, { to: [person.id], channelId, facts })
}
