/** Home before it is there: the same shapes. */
import { ChannelSkeletons } from './channel-rail.tsx'
import { useTranslation } from '../text/use-translation.ts'

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
