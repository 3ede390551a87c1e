/** Home before it is there: the same shapes. */
import { useTranslation } from 'react-i18next'

export function HomeSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="page home" aria-busy="true">
      <h1 className="unseen">{t('home.heading')}</h1>
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
