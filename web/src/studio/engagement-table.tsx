/** The chart's minutes as a table, for whoever reads numbers better, or by ear. */
import type { EngagementPoint } from '@odeon/sdk'
import { useTranslation } from '../text/use-translation.ts'
import { sinceStart } from './engagement.ts'

const columns = ['viewers', 'messages', 'reactions', 'joins'] as const

export function EngagementTable({ points }: { points: readonly EngagementPoint[] }) {
  const { t, i18n } = useTranslation()
  const [first] = points
  if (!first) return null
  const format = new Intl.NumberFormat(i18n.language)
  return (
    <details className="chart-table">
      <summary>{t('studio.chart.table')}</summary>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('studio.chart.title')}>
        <table className="table figures">
          <thead>
            <tr>
              <th scope="col">{t('studio.chart.minute')}</th>
              {columns.map((name) => (
                <th key={name} scope="col" className="table-number">
                  {t(`studio.chart.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.at}>
                <th scope="row">{sinceStart(point, first)}</th>
                {columns.map((name) => (
                  <td key={name} className="table-number">
                    {format.format(point[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
