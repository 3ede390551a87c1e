/** Looks at the invariants while the run goes on; the first that breaks is shown at once. */
import type { Facts, Finding, Invariant } from './invariants.ts'

const shownMax = 10

export class Checks {
  /** What was seen to break, in the order seen. */
  readonly broken: string[] = []
  readonly #invariants: readonly Invariant[]
  readonly #seed: number
  readonly #say: (line: string) => void
  readonly #known = new Set<string>()

  constructor(invariants: readonly Invariant[], seed: number, say: (line: string) => void) {
    this.#invariants = invariants
    this.#seed = seed
    this.#say = say
  }

  /** Called by whoever sees it, with who saw it. */
  readonly see = (what: string): void => {
    this.broken.push(what)
    if (this.broken.length > shownMax) return
    this.#say(`  BROKEN (seed ${this.#seed})  ${what}`)
    if (this.broken.length === shownMax) this.#say('  More of these are counted, not shown.')
  }

  /** Those that must hold all the time. */
  look(facts: Facts): void {
    for (const { name, when, check } of this.#invariants) {
      if (when !== 'always' || this.#known.has(name)) continue
      const { holds, found } = check(facts)
      if (holds) continue
      this.#known.add(name)
      this.see(`${name}: ${found}`)
    }
  }

  /** All of them, or, of a run that was ended early, those that hold at any moment. */
  conclude(facts: Facts, upTo: Invariant['when'] = 'end'): Finding[] {
    const looked = this.#invariants.filter(({ when }) => when === 'always' || upTo === 'end')
    return looked.map(({ name, check }) => ({ name, ...check(facts) }))
  }
}
