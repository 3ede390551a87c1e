/** The house at a glance: every number leads to its list. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AdminOverview } from '@odeon/sdk'
import { dateOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AdminFrame } from './admin-frame.tsx'
import { AdminRefused } from './admin-refused.tsx'
import { overviewFigures } from './overview-figures.ts'

const refetchMs = 10_000

export function OverviewPage() {
  return <AdminFrame section="overview">{() => <Overview />}</AdminFrame>
}

function Overview() {
  const { t, i18n } = useTranslation()
  const overview = useQuery({
    queryKey: ['admin', 'overview'],
    queryFn: () => odeon.admin.overview(),
    refetchInterval: refetchMs,
  })
  if (!overview.data) {
    if (overview.error) return <AdminRefused error={overview.error} />
    return (
      <div className="tiles" aria-busy="true">
        {[0, 1, 2, 3].map((place) => (
          <div key={place} className="skeleton tile-skeleton" />
        ))}
      </div>
    )
  }
  const format = new Intl.NumberFormat(i18n.language)
  return (
    <>
      <ul className="tiles figures">
        {overviewFigures(overview.data).map(({ name, value, to, search, isUrgent }) => (
          <li key={name}>
            <Link
              to={to}
              search={search ?? {}}
              className="tile"
              data-urgent={isUrgent || undefined}
            >
              <strong>{format.format(value)}</strong>
              <span>{t(`house.overviews.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
      <Health overview={overview.data} />
      <p className="dim">{t('house.refreshed')}</p>
    </>
  )
}

/** Whether what is said gets stored, and since when this process runs. */
function Health({ overview }: { overview: AdminOverview }) {
  const { t, i18n } = useTranslation()
  const { queued, failingSince } = overview.archive
  const megabytes = Math.round(overview.process.memoryBytes / 1_000_000)
  const since = dateOf(overview.process.startedAt, i18n.language)
  return (
    <section className="desk-panel figures" aria-labelledby="archive">
      <h2 id="archive">{t('house.archive')}</h2>
      <p className={failingSince === null ? 'state-good' : 'state-bad'}>
        {failingSince === null
          ? t('house.archiveGood', { queued })
          : t('house.archiveBad', { queued, time: dateOf(failingSince, i18n.language) })}
      </p>
      <p className="dim">{t('house.process', { time: since, megabytes })}</p>
    </section>
  )
}
