/** The channels of the house: who they are and what they do; who is live comes first. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Channel } from '@odeon/sdk'
import { Chip } from '../frame/chip.tsx'
import { plainWords } from '../frame/plain-words.ts'
import { odeon } from '../session/odeon.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import type { LiveCard } from './live-card.ts'

const staleMs = 60_000
const skeletons = [0, 1, 2, 3, 4, 5]
export const channelsQuery = { queryKey: ['channels'], staleTime: staleMs } as const

export function ChannelRail({ live }: { live: readonly LiveCard[] }) {
  const { t } = useTranslation()
  const { data, isError, refetch } = useQuery({
    ...channelsQuery,
    queryFn: () => odeon.channels.list(),
  })
  const onStage = new Set(live.map(({ handle }) => handle))
  const isLive = ({ handle }: Channel) => onStage.has(handle)
  const channels = data?.toSorted((a, b) => Number(isLive(b)) - Number(isLive(a)))
  return (
    <section aria-labelledby="channels" aria-busy={!channels && !isError}>
      <h2 id="channels">{t('home.channels')}</h2>
      {channels?.length === 0 ? <p className="dim">{t('home.noChannels')}</p> : null}
      {channels ? (
        <ul className="channels">
          {channels.map((channel) => (
            <ChannelCard key={channel.id} channel={channel} isLive={isLive(channel)} />
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

function ChannelCard({ channel, isLive }: { channel: Channel; isLive: boolean }) {
  const { t } = useTranslation()
  const { handle, name, about, category, avatarUrl } = channel
  return (
    <li className="channel-card" data-live={isLive || undefined}>
      <Avatar id={handle} name={name} size={56} picture={avatarUrl} />
      <div>
        <h3>
          <Link to="/channel/$handle" params={{ handle }} className="whole">
            {name}
          </Link>
        </h3>
        {about ? <p className="house-about">{plainWords(about)}</p> : null}
        <p className="house-facts">
          {isLive ? (
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

function ChannelSkeletons() {
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
