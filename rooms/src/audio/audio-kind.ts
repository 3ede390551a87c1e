/** A room of voices: a live room where more people sit and nobody is seen. */
import { floorLimits } from '../floor/protocol.ts'
import { liveKind, type StreamKind } from '../live/live-kind.ts'

export const audioKind: StreamKind = {
  ...liveKind,
  floor: {
    seatsMax: floorLimits.seatsMax,
    sources: { host: ['microphone'], guest: ['microphone'] },
  },
}
