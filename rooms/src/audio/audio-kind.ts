/** A room of voices: a live room with a floor. Listeners are its viewers, and as many may come. */
import { liveKind, type StreamKind } from '../live/live-kind.ts'
import { audioCommands } from './audio-commands.ts'
import { AudioState } from './state.ts'

export const audioKind: StreamKind = {
  ...liveKind,
  blankState: () => new AudioState(),
  commands: audioCommands,
}
