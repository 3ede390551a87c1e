/** Who is live: the liveliest room as a large stage, the others as lit cards; then who else is. */
import { Link, useSearch } from '@tanstack/react-router'
import { later } from '../frame/later.tsx'
import { Mark } from '../frame/mark.tsx'
import { StatePage } from '../frame/state-page.tsx'
import { useNow } from '../frame/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import { useTranslation } from '../text/use-translation.ts'
import { FilterBar } from './filter-bar.tsx'
import { HomeSkeleton } from './home-skeleton.tsx'
import { matches } from './live-card.ts'
import { useLiveList } from './live-list.ts'
import { LiveNow } from './live-now.tsx'

const VoicesRail = later(async () => (await import('./voices-rail.tsx')).VoicesRail)
const HomeRails = later(async () => (await import('./home-rails.tsx')).HomeRails)

export function HomePage() {
  const { t } = useTranslation()
  const now = useNow(1_000)
  const filters = useSearch({ from: '/' })
  const { status, cards, isCurrent } = useLiveList()
  useTitle(cards.length > 0 ? `${t('home.title')} (${cards.length})` : undefined)

  if (status === 'loading') return <HomeSkeleton />
  if (status === 'failed') {
    return <StatePage title={t('home.failedTitle')} text={t('home.failedText')} waiting />
  }
  const fitting = cards.filter((card) => matches(card, filters))
  const pictures = fitting.filter(({ medium }) => medium === 'video')
  const voices = fitting.filter(({ medium }) => medium === 'audio')
  const isFiltered = Object.values(filters).some((value) => value !== undefined)
  return (
    <div className="page home">
      <h1 className="unseen">{t('home.heading')}</h1>
      <div className="home-top">
        <FilterBar cards={cards} filters={filters} />
        <p className={isCurrent ? 'unseen' : 'home-stale'} role="status">
          {isCurrent ? '' : t('home.stale')}
        </p>
        {pictures.length > 0 ? <LiveNow cards={pictures} now={now} /> : null}
        {fitting.length === 0 ? <FreeStage isFiltered={isFiltered} /> : null}
      </div>
      {voices.length > 0 ? <VoicesRail cards={voices} now={now} /> : null}
      <HomeRails now={now} live={cards} isFiltered={isFiltered} />
    </div>
  )
}

function FreeStage({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="free-stage">
      <Mark size={64} />
      <h2>{isFiltered ? t('home.noneTitle') : t('home.emptyTitle')}</h2>
      <p>{isFiltered ? t('home.noneText') : t('home.emptyText')}</p>
      <div className="state-actions">
        <Link to="/go-live" className="button button-primary">
          {t('header.goLive')}
        </Link>
        {isFiltered ? (
          <Link to="/" search={{}} className="button button-plain">
            {t('home.showAll')}
          </Link>
        ) : null}
      </div>
    </div>
  )
}
