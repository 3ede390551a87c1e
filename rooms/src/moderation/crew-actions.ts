/** What moderators did in this room, and what takes it back while that is possible. */
import type { ChatModes } from '../chat/protocol.ts'
import type { Redaction } from '../chat/redact-lines.ts'
import { type Keeping, unkept } from '../kit/memory.ts'
import { newestOf } from './newest-of.ts'
import { type ActionTaken, moderationLimits } from './protocol.ts'

/** What an action did here, as data: whoever writes the room then can take it back. */
export interface Traces {
  /** Lines it took out, as they were. */
  redaction?: Redaction | undefined
  /** Whom it muted. */
  muted?: string
  modes?: { before: ChatModes; after: ChatModes }
}

interface Kept {
  readonly action: ActionTaken
  traces: Traces | undefined
}

interface Keepings {
  actions: Keeping<ActionTaken[]>
  /** By the action's id. Of much that was taken out only the newest lines outlive a process. */
  traces: Keeping<[string, Traces][]>
}

export class CrewActions {
  /** Oldest first. */
  readonly #kept: Map<string, Kept>
  readonly #changed: () => void
  readonly #tracesChanged: () => void

  constructor({ actions, traces }: Keepings = { actions: unkept, traces: unkept }) {
    this.#changed = actions.changed
    this.#tracesChanged = traces.changed
    const left = new Map(traces.before)
    this.#kept = new Map(
      (actions.before ?? []).map((action) => {
        const own = left.get(action.id)
        const undoUntil = own === undefined ? null : action.undoUntil
        return [action.id, { action: { ...action, undoUntil }, traces: own }]
      }),
    )
  }

  /** Oldest first. */
  get all(): ActionTaken[] {
    return Array.from(this.#kept.values(), ({ action }) => action)
  }

  /** What a successor needs to take actions back, oldest first, bounded in lines and bytes. */
  get tracesToKeep(): [string, Traces][] {
    const kept: [string, Traces][] = []
    let bytesMax: number = moderationLimits.tracesKeptBytesMax
    for (const [id, { traces }] of [...this.#kept].reverse()) {
      if (traces === undefined) continue
      const { redaction, ...others } = traces
      const newest = redaction && newestOf(redaction, bytesMax)
      bytesMax -= newest?.bytes ?? 0
      kept.unshift([id, newest ? { ...others, redaction: newest.redaction } : others])
    }
    return kept
  }

  add(action: ActionTaken, traces?: Traces): void {
    const isUndoable = traces !== undefined && action.undoUntil !== null
    this.#kept.set(action.id, { action, traces: isUndoable ? traces : undefined })
    if (this.#kept.size > moderationLimits.actionsKeptMax) {
      this.#kept.delete(this.#kept.keys().next().value as string)
    }
    this.#changed()
    if (isUndoable) this.#tracesChanged()
  }

  /** Newest first. */
  shown(): ActionTaken[] {
    const actions = Array.from(this.#kept.values(), ({ action }) => action)
    return actions.slice(-moderationLimits.actionsShownMax).reverse()
  }

  canUndo(actionId: string, now: number): boolean {
    const kept = this.#kept.get(actionId)
    return kept?.traces !== undefined && (kept.action.undoUntil ?? 0) > now
  }

  /** What it did, once. */
  takeTraces(actionId: string): Traces | undefined {
    const kept = this.#kept.get(actionId)
    if (kept === undefined) return undefined
    const { traces } = kept
    this.#kept.set(actionId, { action: { ...kept.action, undoUntil: null }, traces: undefined })
    this.#changed()
    this.#tracesChanged()
    return traces
  }

  /** Lines that one that was undone leaves to another: they come back when that is undone. */
  leaveTo(actionId: string, { lines, quotes }: Redaction): void {
    const kept = this.#kept.get(actionId)
    if (kept?.traces === undefined) return
    const own = kept.traces.redaction
    const redaction = {
      lines: [...(own?.lines ?? []), ...lines],
      quotes: [...(own?.quotes ?? []), ...quotes],
    }
    kept.traces = { ...kept.traces, redaction }
    this.#tracesChanged()
  }

  /** Lets go of what is too old to be undone. */
  expire(now: number): void {
    for (const kept of this.#kept.values()) {
      if (kept.traces === undefined || (kept.action.undoUntil ?? 0) > now) continue
      kept.traces = undefined
      this.#tracesChanged()
    }
  }
}
