/** Who is live: the liveliest room as a large stage, the others as lit cards. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { StatePage } from '../frame/state-page.tsx'
import { useNow } from '../frame/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { StreamCard } from './stream-card.tsx'
import { StreamHero } from './stream-hero.tsx'

const refetchMs = 10_000
const shownMax = 48

export function HomePage() {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const { data: streams, isError } = useQuery({
    queryKey: ['streams', 'live'],
    queryFn: () => odeon.streams.list({ phase: 'live', limit: shownMax }),
    refetchInterval: refetchMs,
  })
  useTitle(streams?.length ? `${t('home.title')} (${streams.length})` : undefined)

  if (!streams && isError)
    return <StatePage title={t('home.failedTitle')} text={t('home.failedText')} waiting />
  if (!streams) return <HomeSkeleton />
  const [first, ...others] = streams.toSorted((a, b) => b.viewers - a.viewers)
  if (!first) {
    return (
      <StatePage title={t('home.emptyTitle')} text={t('home.emptyText')}>
        <Link to="/go-live" className="button button-primary">
          {t('header.goLive')}
        </Link>
      </StatePage>
    )
  }
  return (
    <div className="page home">
      <h1 className="unseen">{t('home.heading')}</h1>
      <StreamHero stream={first} now={now} />
      {others.length > 0 ? (
        <section aria-labelledby="also-live">
          <h2 id="also-live">{t('home.alsoLive')}</h2>
          <ul className="cards">
            {others.map((stream) => (
              <StreamCard key={stream.id} stream={stream} now={now} />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

function HomeSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="page home" aria-busy="true">
      <p className="unseen" role="status">
        {t('app.loading')}
      </p>
      <div className="skeleton hero-skeleton" />
      <ul className="cards" aria-hidden="true">
        {[0, 1, 2, 3].map((card) => (
          <li key={card} className="card-skeleton">
            <div className="skeleton card-skeleton-stage" />
            <div className="skeleton card-skeleton-line" />
            <div className="skeleton card-skeleton-line" />
          </li>
        ))}
      </ul>
    </div>
  )
}
