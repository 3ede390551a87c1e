/** A channel before it is there: the same shapes. */
import { useTranslation } from '../text/use-translation.ts'

export function ChannelSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="page channel" aria-busy="true">
      <p className="unseen" role="status">
        {t('app.loading')}
      </p>
      <div className="channel-head" aria-hidden="true">
        <div className="skeleton channel-banner" />
        <div className="channel-who">
          <span className="channel-face">
            <span className="skeleton channel-face-skeleton" />
          </span>
          <div className="channel-name">
            <span className="skeleton channel-name-skeleton" />
          </div>
        </div>
      </div>
      <div className="skeleton past-skeleton" aria-hidden="true" />
    </div>
  )
}
