/** A scope for tests of actions: everything said through it is kept, in order. */
import type { Scope } from '../kit/command.ts'
import { Memory } from '../kit/memory.ts'
import type { Role } from '../kit/protocol.ts'
import type { LogRecord, World } from '../ports.ts'
import { countingWorld } from './memory-ports.ts'

export interface Said {
  announced: { type: string; entry: LogRecord['entry'] }[]
  told: { to: string; name: string; body: object }[]
  roles: Map<string, Role>
  dismissed: string[]
}

/** `afterFrame` runs at once, as in a room whose frames leave at once. */
export function recordingScope<State, Events>(
  state: State,
  world: World = countingWorld(() => 9),
): Scope<State, Events> & { said: Said } {
  const said: Said = { announced: [], told: [], roles: new Map(), dismissed: [] }
  return {
    said,
    state,
    world,
    memory: new Memory(),
    announce: (type, body) => {
      const entry = { seq: said.announced.length + 1, at: world.now(), ...(body as object) }
      said.announced.push({ type, entry })
      return entry as never
    },
    tell: (to, name, body) => void said.told.push({ to, name, body }),
    tellCrew: (name, body) => void said.told.push({ to: 'crew', name, body }),
    setRole: (memberId, role) => {
      said.roles.set(memberId, role)
      return true
    },
    dismiss: (memberId) => void said.dismissed.push(memberId),
    amend: (change) => {
      const before: LogRecord[] = []
      said.announced = said.announced.map((record) => {
        const entry = change(record)
        if (entry === undefined) return record
        before.push(record)
        return { ...record, entry }
      })
      return before
    },
    afterFrame: (work) => work(),
    isCutOff: () => false,
  }
}
