/** The channels of the house: who they are and what they do; who is live comes first. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Channel } from '@odeon/sdk'
import { Chip } from '../frame/chip.tsx'
import { odeon } from '../session/odeon.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'

const staleMs = 60_000
const skeletons = [0, 1, 2, 3, 4, 5]

export function ChannelRail() {
  const { t } = useTranslation()
  const { data, isError, refetch } = useQuery({
    queryKey: ['channels'],
    queryFn: () => odeon.channels.list(),
    staleTime: staleMs,
  })
  const channels = data?.toSorted((a, b) => Number(isLive(b)) - Number(isLive(a)))
  return (
    <section aria-labelledby="channels" aria-busy={!channels && !isError}>
      <h2 id="channels">{t('home.channels')}</h2>
      {channels?.length === 0 ? <p className="dim">{t('home.noChannels')}</p> : null}
      {channels ? (
        <ul className="channels">
          {channels.map((channel) => (
            <ChannelCard key={channel.id} channel={channel} />
          ))}
        </ul>
      ) : isError ? (
        <p className="dim">
          {t('home.channelsFailed')}{' '}
          <button type="button" className="link-button" onClick={() => void refetch()}>
            {t('app.retry')}
          </button>
        </p>
      ) : (
        <ChannelSkeletons />
      )}
    </section>
  )
}

const isLive = (channel: Channel) => channel.liveStreamId !== null

function ChannelCard({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const { id, handle, name, about, category } = channel
  return (
    <li className="channel-card" data-live={isLive(channel) || undefined}>
      <Avatar id={id} name={name} size={56} />
      <div>
        <h3>
          <Link to="/channel/$handle" params={{ handle }} className="whole">
            {name}
          </Link>
        </h3>
        {about ? <p className="house-about">{about}</p> : null}
        <p className="house-facts">
          {isLive(channel) ? (
            <span className="live-badge">
              <i aria-hidden="true" />
              {t('home.live')}
            </span>
          ) : null}
          <Chip category={category} />
        </p>
      </div>
    </li>
  )
}

export function ChannelSkeletons() {
  return (
    <ul className="channels" aria-hidden="true">
      {skeletons.map((card) => (
        <li key={card} className="channel-card">
          <span className="skeleton channel-skeleton-face" />
          <div className="card-skeleton">
            <div className="skeleton card-skeleton-line" />
            <div className="skeleton card-skeleton-line" />
          </div>
        </li>
      ))}
    </ul>
  )
}
