/** What the pages of channels and streams are about, for link previews. */
import type { Channels } from './channels/channels.ts'
import type { Describe } from './platform/web-app/page-for.ts'
import type { Streams } from './streams/streams.ts'

const streamPage = /^\/live\/([0-9a-f-]{36})\/?$/
const channelPage = /^\/channel\/(\w{1,40})\/?$/

export function describePage(of: {
  channels: Pick<Channels, 'byHandle'>
  streams: Pick<Streams, 'get'>
}): Describe {
  return async (path) => {
    const [, streamId] = streamPage.exec(path) ?? []
    if (streamId !== undefined) {
      const stream = await of.streams.get(streamId)
      if (!stream) return null
      const { title, channel, phase } = stream
      const { avatarUrl } = (await of.channels.byHandle(channel.handle)) ?? {}
      const isLive = phase === 'live' ? `${channel.name} is live on Odeon.` : `By ${channel.name}.`
      return { title, description: isLive, image: avatarUrl ?? null }
    }
    const [, handle] = channelPage.exec(path) ?? []
    if (handle === undefined) return null
    const channel = await of.channels.byHandle(handle.toLowerCase())
    if (!channel) return null
    const { name, about, avatarUrl, bannerUrl } = channel
    return { title: name, description: about || `${name} on Odeon.`, image: bannerUrl ?? avatarUrl }
  }
}
