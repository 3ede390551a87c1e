/** What the process that writes a live room and the relays that carry it must agree on. */
import { spareLines } from '../chat/spare-lines.ts'
import type { RelayedKind } from '../kit/relay/relayed-kinds.ts'
import { liveCommands } from './live-commands.ts'
import { liveLimits } from './protocol.ts'
import { LiveState } from './state.ts'

export const liveKind: Omit<RelayedKind, 'admit'> = {
  blankState: () => new LiveState(),
  commands: liveCommands,
  viewersMax: liveLimits.viewersMax,
  sparing: spareLines,
}
