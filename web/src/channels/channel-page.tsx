/** A channel: who it is, live now if it is, when it is on, and what was on its stage. */
import { useParams } from '@tanstack/react-router'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { ChannelAbout } from './channel-about.tsx'
import { ChannelHead } from './channel-head.tsx'
import { ChannelMissing } from './channel-missing.tsx'
import { ChannelSchedule } from './channel-schedule.tsx'
import { ChannelSkeleton } from './channel-skeleton.tsx'
import { LiveStage } from './live-stage.tsx'
import { PastStreams } from './past-streams.tsx'
import { useChannel } from './use-channel.ts'

export function ChannelPage() {
  const { t } = useTranslation()
  const { handle } = useParams({ from: '/channel/$handle' })
  const { me } = useSession()
  const { data: channel, error, refetch } = useChannel(handle)
  useTitle(channel?.name)
  if (error && !channel) return <ChannelMissing error={error} onRetry={() => void refetch()} />
  if (!channel) return <ChannelSkeleton />
  const isOwner = me?.id === channel.ownerId
  return (
    <div className="page channel">
      <ChannelHead channel={channel} isOwner={isOwner} />
      <div className="channel-body">
        <div className="channel-main">
          {channel.liveStreamId ? <LiveStage streamId={channel.liveStreamId} /> : null}
          <PastStreams handle={channel.handle} isOwner={isOwner} />
        </div>
        <aside className="channel-side" aria-label={t('channel.about')}>
          <ChannelAbout channel={channel} />
          <ChannelSchedule channel={channel} />
        </aside>
      </div>
    </div>
  )
}
