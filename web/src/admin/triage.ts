/** Going through a queue: what is chosen, what is decided but not yet confirmed, what to undo. */
export const measures = [
  'none',
  'warn',
  'delete',
  'timeout',
  'ban',
  'suspend',
  'end_stream',
] as const
export type Measure = (typeof measures)[number]

export interface TriageState {
  chosen: string | undefined
  /** Shown as gone while the server has not said otherwise. */
  hidden: readonly string[]
  /** Decided here, the last one last. */
  decided: readonly string[]
}

export const triageLimits = { undoMax: 50 } as const
export const noTriage: TriageState = { chosen: undefined, hidden: [], decided: [] }

export type TriageStep =
  | { kind: 'choose'; id: string }
  | { kind: 'move'; by: 1 | -1; ids: readonly string[] }
  | { kind: 'decide'; id: string; ids: readonly string[] }
  | { kind: 'confirmed'; id: string }
  /** The server refused: the flag is back, and chosen again. */
  | { kind: 'failed'; id: string }
  | { kind: 'undone'; id: string }

/** `ids` are those in the list, in its order, without the hidden ones. */
export function triage(state: TriageState, step: TriageStep): TriageState {
  switch (step.kind) {
    case 'choose':
      return { ...state, chosen: step.id }
    case 'move':
      return { ...state, chosen: neighbour(step.ids, state.chosen, step.by) }
    case 'decide': {
      const rest = step.ids.filter((id) => id !== step.id)
      const at = step.ids.indexOf(step.id)
      return {
        ...state,
        hidden: [...state.hidden, step.id],
        chosen: state.chosen === step.id ? (rest[at] ?? rest.at(-1)) : state.chosen,
      }
    }
    case 'confirmed':
      return { ...state, decided: [...state.decided, step.id].slice(-triageLimits.undoMax) }
    case 'failed':
      return { ...state, hidden: without(state.hidden, step.id), chosen: step.id }
    case 'undone':
      return {
        chosen: step.id,
        hidden: without(state.hidden, step.id),
        decided: without(state.decided, step.id),
      }
  }
}

function neighbour(ids: readonly string[], chosen: string | undefined, by: 1 | -1) {
  const at = chosen === undefined ? -1 : ids.indexOf(chosen)
  if (at < 0) return by > 0 ? ids[0] : ids.at(-1)
  return ids[Math.min(ids.length - 1, Math.max(0, at + by))]
}

function without(ids: readonly string[], id: string): string[] {
  return ids.filter((other) => other !== id)
}

const keys: Readonly<Record<string, Measure>> = {
  a: 'none',
  w: 'warn',
  d: 'delete',
  t: 'timeout',
  b: 'ban',
  s: 'suspend',
}
export const measureKeys = new Map(Object.entries(keys).map(([key, measure]) => [measure, key]))

export function measureOfKey(key: string): Measure | undefined {
  return keys[key.toLowerCase()]
}

/** What can be done about a flag of this type, by somebody with this role. */
export function measuresFor(
  flag: { type: string; subject: unknown },
  role: 'moderator' | 'admin' | 'user',
): Measure[] {
  const person: Measure[] = flag.subject ? ['warn', 'timeout', 'ban'] : []
  return [
    'none',
    ...(flag.type === 'message' ? (['delete'] as const) : []),
    ...person,
    ...(flag.subject && role === 'admin' ? (['suspend'] as const) : []),
    ...(flag.type === 'stream' && role === 'admin' ? (['end_stream'] as const) : []),
  ]
}
