/** What goes into a stream and out of it by way of other programs, put together. */
import { type EncoderSide, encoderSide, type EncoderSideDeps } from './encoders/encoder-side.ts'
import type { EncoderAddresses } from './encoders/settings.ts'
import type { LiveKitMedia } from './media/livekit/livekit-media.ts'
import type { Moved } from './streams/phases.ts'

export interface BroadcastSide extends Pick<EncoderSide, 'endpoints'> {
  /** Call it when a stream was made, started or ended. */
  moved(moved: Moved): void
  /** Does what is to be done in every process, until the result is called. */
  open(): () => Promise<void>
  /** Does what one process does for all, until the result is called. */
  keep(): () => Promise<void>
}

export interface BroadcastDeps extends Omit<EncoderSideDeps, 'addresses' | 'livekit'> {
  encoders?: EncoderAddresses | undefined
  media: Pick<LiveKitMedia, 'isUp' | 'signer'>
  /** Told of each move before anything here is. */
  moved(moved: Moved): void
}

export function broadcastSide(deps: BroadcastDeps): BroadcastSide {
  const { media } = deps
  const livekit = () => (media.isUp ? media.signer : undefined)
  const encoders = encoderSide({ ...deps, addresses: deps.encoders ?? {}, livekit })
  return {
    endpoints: encoders.endpoints,
    moved(moved) {
      deps.moved(moved)
      encoders.moved(moved.channelId)
    },
    open: () => encoders.settled,
    keep: encoders.keepTidy,
  }
}
