/** Home before it is there: the same shapes. */
import { useTranslation } from '../text/use-translation.ts'

const chips = [44, 72, 84, 60, 66, 52, 64, 62]
const cards = [0, 1, 2, 3]

export function HomeSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="page home" aria-busy="true">
      <h1 className="unseen">{t('home.heading')}</h1>
      <p className="unseen" role="status">
        {t('app.loading')}
      </p>
      <div className="home-top" aria-hidden="true">
        <div className="filters">
          <div className="filter-chips">
            {chips.map((width, index) => (
              <span key={`${width}${index * 1}`} className="skeleton filter" style={{ width }} />
            ))}
          </div>
        </div>
        <div className="live-now">
          <div className="skeleton hero-skeleton" />
          <ul className="cards">
            {cards.map((card) => (
              <li key={card} className="card">
                <div className="skeleton card-stage-skeleton" />
                <div className="card-text">
                  <span className="skeleton card-face-skeleton" />
                  <div className="card-skeleton">
                    <div className="skeleton card-skeleton-line" />
                    <div className="skeleton card-skeleton-line" />
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}
