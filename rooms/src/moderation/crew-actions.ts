/** What moderators did in this room since it opened, and how to undo it while that is possible. */
import type { Person } from '../kit/protocol.ts'
import { type ActionTaken, moderationLimits } from './protocol.ts'

/** Takes back what an action did here; whoever undoes it is named. */
export type Undo = (by: Person) => void

interface Kept {
  readonly action: ActionTaken
  undo: Undo | undefined
}

export class CrewActions {
  /** Oldest first. */
  readonly #kept = new Map<string, Kept>()

  add(action: ActionTaken, undo?: Undo): void {
    this.#kept.set(action.id, { action, undo: action.undoUntil === null ? undefined : undo })
    if (this.#kept.size > moderationLimits.actionsKeptMax) {
      this.#kept.delete(this.#kept.keys().next().value as string)
    }
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
    return undo
  }

  /** Lets go of what is too old to be undone. */
  expire(now: number): void {
    for (const kept of this.#kept.values()) {
      if ((kept.action.undoUntil ?? 0) <= now) kept.undo = undefined
    }
  }
}
