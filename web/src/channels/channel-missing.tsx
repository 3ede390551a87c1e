/** A channel that is not there, or not to be had right now. */
import { Refusal } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTranslation } from '../text/use-translation.ts'

export function ChannelMissing({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation()
  const isGone = error instanceof Refusal && error.code === 'not_found'
  return (
    <StatePage
      title={isGone ? t('channel.notFoundTitle') : t('channel.awayTitle')}
      text={isGone ? t('channel.notFoundText') : errorText(t, error)}
    >
      {isGone ? null : (
        <button type="button" className="button button-primary" onClick={onRetry}>
          {t('app.retry')}
        </button>
      )}
      <Link to="/" className={isGone ? 'button button-primary' : 'button button-plain'}>
        {t('error.home')}
      </Link>
    </StatePage>
  )
}
