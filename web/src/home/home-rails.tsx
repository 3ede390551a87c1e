/** Below who is live: people you follow, what comes soon, the channels, what was lately. */
import type { FollowedChannel } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Queries } from '../frame/queries.tsx'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { ChannelRail } from './channel-rail.tsx'
import { cardOf, type LiveCard } from './live-card.ts'
import { SoonRail } from './soon-rail.tsx'
import { StreamCard } from './stream-card.tsx'

const staleMs = 60_000
const latelyMax = 8
const followedMax = 24

interface HomeRailsProps {
  now: number
  live: readonly LiveCard[]
  isFiltered: boolean
}

export function HomeRails({ now, live, isFiltered }: HomeRailsProps) {
  const { me } = useSession()
  if (isFiltered) return null
  return (
    <Queries>
      {me?.kind === 'account' ? <FollowedRail live={live} /> : null}
      <SoonRail now={now} />
      <ChannelRail live={live} />
      <LatelyRail now={now} />
    </Queries>
  )
}

export function Rail(props: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      {props.children}
    </section>
  )
}

function FollowedRail({ live }: { live: readonly LiveCard[] }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['following'],
    queryFn: () => odeon.me.following({ limit: followedMax }),
    staleTime: staleMs,
  })
  if (!data || data.length === 0) return null
  const at = new Map(live.map((card) => [card.handle, card.streamId]))
  const streamOf = ({ handle, liveStreamId }: FollowedChannel) => at.get(handle) ?? liveStreamId
  const channels = data.toSorted((a, b) => Number(!!streamOf(b)) - Number(!!streamOf(a)))
  return (
    <Rail id="followed" title={t('home.followed')}>
      <ul className="faces">
        {channels.map((channel) => (
          <Face key={channel.id} channel={channel} streamId={streamOf(channel)} />
        ))}
      </ul>
    </Rail>
  )
}

function Face({ channel, streamId }: { channel: FollowedChannel; streamId: string | null }) {
  const { t } = useTranslation()
  const { handle, name, avatarUrl } = channel
  const face = (
    <>
      <Avatar id={handle} name={name} size={72} picture={avatarUrl} />
      <span className="face-name">{name}</span>
      {streamId ? <span className="face-live">{t('home.live')}</span> : null}
    </>
  )
  return (
    <li className="face" data-live={streamId ? true : undefined}>
      {streamId ? (
        <Link to="/live/$streamId" params={{ streamId }}>
          {face}
        </Link>
      ) : (
        <Link to="/channel/$handle" params={{ handle }}>
          {face}
        </Link>
      )}
    </li>
  )
}

function LatelyRail({ now }: { now: number }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['streams', 'ended'],
    queryFn: () => odeon.streams.list({ phase: 'ended', limit: latelyMax }),
    staleTime: staleMs,
  })
  if (!data || data.length === 0) return null
  return (
    <Rail id="lately" title={t('home.lately')}>
      <ul className="cards">
        {data.map((stream) => (
          <StreamCard key={stream.id} card={cardOf(stream)} now={now} />
        ))}
      </ul>
    </Rail>
  )
}
