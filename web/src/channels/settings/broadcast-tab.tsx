/** By what programs send to the channel, and where its streams are sent on to. */
import type { ChannelPage } from '@odeon/sdk'
import { DestinationsPanel } from './destinations-panel.tsx'
import { EncoderPanel } from './encoder-panel.tsx'

export function BroadcastTab({ channel: { handle } }: { channel: ChannelPage }) {
  return (
    <>
      <EncoderPanel handle={handle} />
      <DestinationsPanel handle={handle} />
    </>
  )
}
