/** Who is live: the liveliest room as a large stage, the others as lit cards; then who else is. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Stream } from '@odeon/sdk'
import { Mark } from '../frame/mark.tsx'
import { StatePage } from '../frame/state-page.tsx'
import { useNow } from '../frame/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { ChannelRail } from './channel-rail.tsx'
import { HomeSkeleton } from './home-skeleton.tsx'
import { StreamCard } from './stream-card.tsx'
import { StreamHero } from './stream-hero.tsx'
import { useTranslation } from '../text/use-translation.ts'

/** Gentle: a page left open all day stays far below what an address may ask. */
const refetchMs = 30_000
const liveMax = 48
const latelyMax = 8

function useStreams(phase: 'live' | 'ended', limit: number) {
  return useQuery({
    queryKey: ['streams', phase],
    queryFn: () => odeon.streams.list({ phase, limit }),
    staleTime: refetchMs,
    refetchInterval: phase === 'live' ? refetchMs : false,
    placeholderData: keepPreviousData,
  })
}

export function HomePage() {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const live = useStreams('live', liveMax)
  const lately = useStreams('ended', latelyMax)
  useTitle(live.data?.length ? `${t('home.title')} (${live.data.length})` : undefined)

  if (!live.data) {
    if (!live.isError) return <HomeSkeleton />
    return <StatePage title={t('home.failedTitle')} text={t('home.failedText')} waiting />
  }
  const [first, ...others] = live.data.toSorted((a, b) => b.viewers - a.viewers)
  return (
    <div className="page home">
      <h1 className="unseen">{t('home.heading')}</h1>
      {first ? <StreamHero stream={first} now={now} /> : <FreeStage />}
      <StreamRail id="also" title={t('home.alsoLive')} streams={others} now={now} />
      <ChannelRail />
      <StreamRail id="lately" title={t('home.lately')} streams={lately.data ?? []} now={now} />
    </div>
  )
}

function StreamRail(props: { id: string; title: string; streams: Stream[]; now: number }) {
  const { id, title, streams, now } = props
  if (streams.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="cards">
        {streams.map((stream) => (
          <StreamCard key={stream.id} stream={stream} now={now} />
        ))}
      </ul>
    </section>
  )
}

function FreeStage() {
  const { t } = useTranslation()
  return (
    <div className="free-stage">
      <Mark size={64} />
      <h2>{t('home.emptyTitle')}</h2>
      <p>{t('home.emptyText')}</p>
      <Link to="/go-live" className="button button-primary">
        {t('header.goLive')}
      </Link>
    </div>
  )
}
