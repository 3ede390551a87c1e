/** A channel: who it is, live now if it is, when it is on, and what was on its stage. */
import { Refusal } from '@odeon/sdk'
import { Link, useParams } from '@tanstack/react-router'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { ChannelAbout } from './channel-about.tsx'
import { ChannelHead } from './channel-head.tsx'
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
  if (error && !channel) {
    const isGone = error instanceof Refusal && error.code === 'not_found'
    return (
      <StatePage
        title={isGone ? t('channel.notFoundTitle') : t('channel.awayTitle')}
        text={isGone ? t('channel.notFoundText') : errorText(t, error)}
      >
        {isGone ? null : (
          <button type="button" className="button button-primary" onClick={() => void refetch()}>
            {t('app.retry')}
          </button>
        )}
        <Link to="/" className={isGone ? 'button button-primary' : 'button button-plain'}>
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
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
