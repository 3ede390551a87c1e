/** What goes into a stream and out of it by way of other programs, put together. */
import { type EncoderSide, encoderSide, type EncoderSideDeps } from './encoders/encoder-side.ts'
import type { EncoderAddresses } from './encoders/settings.ts'
import type { LiveKitMedia } from './media/livekit/livekit-media.ts'
import { outputSide, type OutputSideDeps } from './outputs/output-side.ts'
import type { Moved } from './streams/phases.ts'

export interface BroadcastSide extends Pick<EncoderSide, 'endpoints'> {
  /** Call it when a stream was made, started or ended. */
  moved(moved: Moved): void
  /** LiveKit told an event of this name that is not about a room's people. */
  heard(event: string): void
  /** Does what is to be done in every process, until the result is called. */
  open(): () => Promise<void>
  /** Does what one process does for all, until the result is called. */
  keep(): () => Promise<void>
}

type Parts = Omit<EncoderSideDeps, 'addresses' | 'livekit'> & Omit<OutputSideDeps, 'livekit'>

export interface BroadcastDeps extends Parts {
  encoders?: EncoderAddresses | undefined
  media: Pick<LiveKitMedia, 'isUp' | 'signer'>
  /** Told of each move before anything here is. */
  moved(moved: Moved): void
}

export function broadcastSide(deps: BroadcastDeps): BroadcastSide {
  const { media } = deps
  const livekit = () => (media.isUp ? media.signer : undefined)
  const encoders = encoderSide({ ...deps, addresses: deps.encoders ?? {}, livekit })
  const outputs = outputSide({ ...deps, livekit })
  return {
    endpoints: [...encoders.endpoints, ...outputs.endpoints],
    moved(moved) {
      deps.moved(moved)
      encoders.moved(moved.channelId)
      outputs.wake()
    },
    heard(event) {
      if (event.startsWith('egress_')) outputs.wake()
    },
    open: () => encoders.settled,
    keep() {
      const ends = [encoders.keepTidy(), outputs.keep()]
      return async () => void (await Promise.all(ends.map((end) => end())))
    },
  }
}
