/** What the process that writes a live room and the relays that carry it must agree on. */
import { spareLines } from '../chat/spare-lines.ts'
import type { FloorKind } from '../floor/floor-kind.ts'
import type { CommandTable } from '../kit/command.ts'
import type { RelayedKind } from '../kit/relay/relayed-kinds.ts'
import { liveCommands } from './live-commands.ts'
import type { LiveScope } from './live-scope.ts'
import { liveLimits } from './protocol.ts'
import { LiveState } from './state.ts'

export interface StreamKind extends Omit<RelayedKind, 'admit'> {
  commands: CommandTable<LiveScope>
  floor: FloorKind
}

export const liveKind: StreamKind = {
  blankState: () => new LiveState(),
  commands: liveCommands,
  viewersMax: liveLimits.viewersMax,
  sparing: spareLines,
  floor: {
    seatsMax: liveLimits.seatsMax,
    sources: {
      host: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
      guest: ['camera', 'microphone', 'screen_share'],
    },
  },
}
