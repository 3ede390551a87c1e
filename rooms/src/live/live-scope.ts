/** What actions of a live room see: its state, its log, the streams port and the running tally. */
import type { Scope } from '../kit/command.ts'
import type { Tally } from '../metrics/tally.ts'
import type { Streams } from '../ports.ts'
import type { LiveEvents } from '../protocol.ts'
import type { LiveState } from './state.ts'

export interface LiveScope extends Scope<LiveState, LiveEvents> {
  readonly streams: Streams
  readonly tally: Tally
}
