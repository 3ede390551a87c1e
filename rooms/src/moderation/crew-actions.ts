/** What moderators did in this room since it opened, and how to undo it while that is possible. */
import type { Person } from '../kit/protocol.ts'
import { type Keeping, unkept } from '../kit/memory.ts'
import type { StandingRemoval } from '../ports.ts'
import { type ActionTaken, moderationLimits } from './protocol.ts'

/** Takes back what an action did here, apart from what others that stand took out as well. */
export type Undo = (by: Person, standing: readonly StandingRemoval[]) => void

interface Kept {
  readonly action: ActionTaken
  undo: Undo | undefined
}

export class CrewActions {
  /** Oldest first. */
  readonly #kept: Map<string, Kept>
  readonly #changed: () => void

  /** What an earlier process did is shown; how to take it back here went with that process. */
  constructor({ before = [], changed }: Keeping<ActionTaken[]> = unkept) {
    this.#changed = changed
    this.#kept = new Map(
      before.map((action) => [
        action.id,
        { action: { ...action, undoUntil: null }, undo: undefined },
      ]),
    )
  }

  /** Oldest first. */
  get all(): ActionTaken[] {
    return Array.from(this.#kept.values(), ({ action }) => action)
  }

  add(action: ActionTaken, undo?: Undo): void {
    this.#kept.set(action.id, { action, undo: action.undoUntil === null ? undefined : undo })
    if (this.#kept.size > moderationLimits.actionsKeptMax) {
      this.#kept.delete(this.#kept.keys().next().value as string)
    }
    this.#changed()
  }

  /** Newest first. */
  shown(): ActionTaken[] {
    const actions = Array.from(this.#kept.values(), ({ action }) => action)
    return actions.slice(-moderationLimits.actionsShownMax).reverse()
  }

  canUndo(actionId: string, now: number): boolean {
    const kept = this.#kept.get(actionId)
    return kept?.undo !== undefined && (kept.action.undoUntil ?? 0) > now
  }

  /** How to undo it, once. */
  takeUndo(actionId: string): Undo | undefined {
    const kept = this.#kept.get(actionId)
    if (kept === undefined) return undefined
    const { undo } = kept
    this.#kept.set(actionId, { action: { ...kept.action, undoUntil: null }, undo: undefined })
    this.#changed()
    return undo
  }

  /** What one that was undone leaves to another: it comes back when that is undone, too. */
  leaveTo(actionId: string, undo: Undo): void {
    const kept = this.#kept.get(actionId)
    const own = kept?.undo
    if (kept === undefined || own === undefined) return
    kept.undo = (...how) => {
      own(...how)
      undo(...how)
    }
  }

  /** Lets go of what is too old to be undone. */
  expire(now: number): void {
    for (const kept of this.#kept.values()) {
      if ((kept.action.undoUntil ?? 0) <= now) kept.undo = undefined
    }
  }
}
