/** A channel: about it, live now if it is, and its streams with what they came to. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type Channel, Refusal, type Stream } from '@odeon/sdk'
import { Radio } from 'lucide-react'
import { Chip } from '../frame/chip.tsx'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { clockOf, dateOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { Avatar } from '../stage/avatar.tsx'
import { Stage } from '../stage/stage.tsx'
import { useTranslation } from '../text/use-translation.ts'

const streamsMax = 50

export function ChannelPage() {
  const { t } = useTranslation()
  const { handle } = useParams({ from: '/channel/$handle' })
  const channel = useQuery({
    queryKey: ['channel', handle],
    queryFn: () => odeon.channels.get(handle),
  })
  useTitle(channel.data?.name)
  if (channel.isError) {
    const isGone = channel.error instanceof Refusal
    return (
      <StatePage
        title={isGone ? t('channel.notFoundTitle') : t('live.awayTitle')}
        text={isGone ? t('channel.notFoundText') : errorText(t, channel.error)}
      >
        <Link to="/" className="button button-primary">
          {t('error.home')}
        </Link>
      </StatePage>
    )
  }
  return (
    <div className="page" aria-busy={!channel.data}>
      {channel.data ? (
        <ChannelHead channel={channel.data} />
      ) : (
        <span className="skeleton line-skeleton" />
      )}
      <h2 className="channel-streams">{t('channel.streams')}</h2>
      <ChannelStreams handle={handle} />
    </div>
  )
}

function ChannelHead({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const { liveStreamId } = channel
  return (
    <header className="channel-head">
      <div className="channel-banner" aria-hidden="true">
        <Stage
          channelId={channel.id}
          hostName={channel.name}
          phase={liveStreamId ? 'live' : 'ended'}
          viewers={0}
          small
        />
      </div>
      <Avatar id={channel.id} name={channel.name} size={104} />
      <div className="channel-name">
        <h1>{channel.name}</h1>
        <p className="dim">
          @{channel.handle} <Chip category={channel.category} />
        </p>
      </div>
      {liveStreamId ? (
        <Link
          to="/live/$streamId"
          params={{ streamId: liveStreamId }}
          className="button button-live"
        >
          <Radio size={18} aria-hidden="true" />
          {t('channel.enter')}
        </Link>
      ) : null}
      <p className="channel-about">
        {channel.about || (
          <span className="dim">{t('channel.noAbout', { name: channel.name })}</span>
        )}
      </p>
    </header>
  )
}

function ChannelStreams({ handle }: { handle: string }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const streams = useQuery({
    queryKey: ['streams', 'channel', handle],
    queryFn: () => odeon.streams.list({ channel: handle, limit: streamsMax }),
  })
  if (streams.isError) return <p className="notice notice-bad">{errorText(t, streams.error)}</p>
  if (!streams.data) return <span className="skeleton line-skeleton" />
  if (streams.data.length === 0) {
    return (
      <p className="dim">{me?.username === handle ? t('channel.noneOwn') : t('channel.none')}</p>
    )
  }
  return (
    <ul className="panel past-list">
      {streams.data.map((stream) => (
        <PastStream key={stream.id} stream={stream} />
      ))}
    </ul>
  )
}

function PastStream({ stream }: { stream: Stream }) {
  const { t, i18n } = useTranslation()
  const { numbers } = stream
  const format = new Intl.NumberFormat(i18n.language)
  return (
    <li className="past">
      <div className="past-title">
        <Link to="/live/$streamId" params={{ streamId: stream.id }}>
          {stream.title}
        </Link>
        <p>
          {stream.phase === 'live' ? (
            <span className="live-badge">{t('live.liveBadge')}</span>
          ) : null}{' '}
          {stream.startedAt ? dateOf(stream.startedAt, i18n.language) : t('channel.untold')}
        </p>
      </div>
      {numbers ? (
        <dl className="past-numbers figures">
          <Figure name={t('numbers.duration')} value={clockOf(numbers.durationMs)} />
          <Figure name={t('numbers.viewersPeak')} value={format.format(numbers.viewersPeak)} />
          <Figure name={t('numbers.messages')} value={format.format(numbers.messages)} />
        </dl>
      ) : null}
      {stream.phase === 'ended' ? (
        <Link
          to="/live/$streamId/log"
          params={{ streamId: stream.id }}
          className="button button-plain"
        >
          {t('live.readLog')}
        </Link>
      ) : null}
    </li>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
