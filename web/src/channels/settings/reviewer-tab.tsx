/** The outside reviewer: a program of the owner's that is asked about every message. */
import type { ChannelPage } from '@odeon/sdk'
import { useTranslation } from '../../text/use-translation.ts'
import { ReviewerForm } from './reviewer-form.tsx'
import { reviewerErrorText, useReviewer } from './use-reviewer.ts'

export function ReviewerTab({ channel: { handle } }: { channel: ChannelPage }) {
  const { t } = useTranslation()
  const { data: reviewer, error, refetch } = useReviewer(handle)
  if (reviewer !== undefined) return <ReviewerForm handle={handle} reviewer={reviewer} />
  return (
    <section className="panel" aria-labelledby="reviewer" aria-busy={!error}>
      <h2 id="reviewer">{t('reviewer.title')}</h2>
      {error ? (
        <p className="notice notice-bad" role="alert">
          {reviewerErrorText(t, error)}{' '}
          <button type="button" className="link-button" onClick={() => void refetch()}>
            {t('app.retry')}
          </button>
        </p>
      ) : (
        <div className="skeleton reviewer-skeleton" />
      )}
    </section>
  )
}
