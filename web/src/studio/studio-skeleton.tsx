/** The desk before it is known what stands on it. */
import { useTranslation } from '../text/use-translation.ts'

export function StudioSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="studio" aria-busy="true">
      <h1 className="unseen">{t('studio.title')}</h1>
      <p className="unseen" role="status">
        {t('app.loading')}
      </p>
      <div className="skeleton desk-skeleton studio-crew" />
      <div className="studio-stage">
        <div className="skeleton studio-preview-skeleton" />
        <div className="skeleton desk-skeleton" />
      </div>
      <div className="skeleton desk-skeleton" />
    </div>
  )
}
