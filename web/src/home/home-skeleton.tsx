/** Home before it is there: the same shapes. */
import { useTranslation } from 'react-i18next'
import { ChannelSkeletons } from './channel-rail.tsx'

export function HomeSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="page home" aria-busy="true">
      <h1 className="unseen">{t('home.heading')}</h1>
      <p className="unseen" role="status">
        {t('app.loading')}
      </p>
      <div className="skeleton hero-skeleton" />
      <ChannelSkeletons />
    </div>
  )
}
