/** What a room lends to its part in a battle. */
import type { Scope } from '../kit/command.ts'
import type { Memory } from '../kit/memory.ts'
import type { BattleDesk } from './battle-desk.ts'
import type { BattleEvents } from './protocol.ts'
import type { Battle } from './state.ts'

export interface BattleHouseParts {
  streamId: string
  state: Battle
  desk: BattleDesk
  memory: Memory
  announce: Scope<unknown, BattleEvents>['announce']
  now: () => number
  /** All reactions the room has counted. */
  reactions: () => number
  /** Until when the host is waited for, Unix ms; 0 while they are there. */
  hostAwayUntil: () => number
  isLive: () => boolean
  isCutOff: () => boolean
  /** The rooms have nothing to do with one another any more. */
  parted: () => void
  /** The state changed outside of any command. */
  touch: () => void
  aside: (work: Promise<void>, failure: string) => void
}
