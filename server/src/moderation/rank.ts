/** Who may act on whom: one order, asked of the record and never of the one who acts. */

/** What somebody is to a channel, or to the house. */
export type Relation = 'viewer' | 'moderator' | 'host' | 'staff'

const ranks: Record<Relation, number> = { viewer: 0, moderator: 1, host: 2, staff: 3 }

export function isCrew(relation: Relation): boolean {
  return relation !== 'viewer'
}

/** Nobody acts on the host, on staff unless staff, on moderators unless host or staff. */
export function mayActOn(actor: Relation, target: Relation): boolean {
  if (actor === 'staff') return target !== 'host'
  return isCrew(actor) && ranks[actor] > ranks[target]
}

/** Whoever stands at least as high may take back what was done. */
export function mayUndo(actor: Relation, doneBy: Relation): boolean {
  return isCrew(actor) && ranks[actor] >= ranks[doneBy]
}
