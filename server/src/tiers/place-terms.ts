/**
 * When what was bought holds: a pure function over the terms that are not over and the next
 * purchase in the ledger's order. It takes every purchase, for coins have moved by then.
 */

const dayMs = 86_400_000

/** What one purchase bought, from `startsAt` to before `endsAt`; Unix ms. */
export interface Term {
  transferId: string
  level: number
  dailyBonus: number
  startsAt: number
  endsAt: number
}

export interface Purchase {
  transferId: string
  /** Unix ms, as the ledger has it. */
  at: number
  level: number
  days: number
  dailyBonus: number
}

/**
 * A higher tier holds at once and ends the lower ones; the same adds its days; a lower one, which
 * only a race can bring here, waits. So terms follow one another without a gap, highest first.
 */
export function placeTerms(live: readonly Term[], bought: Purchase): Term[] {
  const { transferId, level, dailyBonus } = bought
  const first = live[0]
  // Clocks of two processes differ: nothing is bought before what was bought before it.
  const at = Math.max(bought.at, first?.startsAt ?? 0)
  const term = { transferId, level, dailyBonus, startsAt: at, endsAt: at + bought.days * dayMs }
  if (first === undefined) return [term]
  if (level > first.level) return [...live.map((one) => ended(one, at)), term]
  return inARow([...live, term].toSorted((one, other) => other.level - one.level))
}

/**
 * A bonus is due at each beginning of a day behind the start, up to the end and with it: so `days`
 * times in all, and of two terms that meet at a midnight the first has it.
 */
export const firstBonusAt = (startsAt: number): number => (Math.floor(startsAt / dayMs) + 1) * dayMs

const ended = (term: Term, at: number): Term => ({ ...term, endsAt: Math.max(term.startsAt, at) })

function inARow(terms: readonly Term[]): Term[] {
  let from = terms[0]?.startsAt ?? 0
  return terms.map((term) => {
    const startsAt = from
    from += term.endsAt - term.startsAt
    return { ...term, startsAt, endsAt: from }
  })
}
