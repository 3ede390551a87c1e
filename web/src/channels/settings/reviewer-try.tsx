/** Asks the reviewer about a made-up message, and says in words what came of it. */
import { useTranslation } from '../../text/use-translation.ts'
import { reviewerErrorText, type useReviewerWork } from './use-reviewer.ts'

interface ReviewerTryProps {
  probe: ReturnType<typeof useReviewerWork>['probe']
  isDirty: boolean
}

export function ReviewerTry({ probe, isDirty }: ReviewerTryProps) {
  const { t } = useTranslation()
  const { data, error, isPending } = probe
  return (
    <section className="panel" aria-labelledby="reviewer-try">
      <h2 id="reviewer-try">{t('reviewer.try')}</h2>
      <p className="dim owner-lead">{t(isDirty ? 'reviewer.trySave' : 'reviewer.tryText')}</p>
      <button
        type="button"
        className="button button-plain"
        aria-disabled={isDirty || isPending || undefined}
        onClick={() => {
          if (!isDirty && !isPending) probe.mutate()
        }}
      >
        {isPending ? t('reviewer.trying') : t('reviewer.try')}
      </button>
      <div role="status">
        {data && !isPending ? (
          <p className="notice reviewer-outcome" data-outcome={data.outcome}>
            {t(`reviewer.outcome.${data.outcome}`, { count: Math.round(data.tookMs) })}
          </p>
        ) : null}
      </div>
      {error ? (
        <p className="notice notice-bad reviewer-outcome" role="alert">
          {reviewerErrorText(t, error)}
        </p>
      ) : null}
    </section>
  )
}
