/** What was decided about oneself, why and until when, and the one appeal against it. */
import { Refusal } from '@odeon/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { useFreshNotice } from '../notices/use-notices.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AppealState, Decision } from './decision.tsx'

export function AppealPage() {
  const { t } = useTranslation()
  const { sanctionId } = useParams({ from: '/appeals/$sanctionId' })
  const { room } = useSearch({ from: '/appeals/$sanctionId' })
  const { me, isStarting } = useSession()
  const queries = useQueryClient()
  useTitle(t('appeal.title'))
  const key = ['sanctions', me?.id]
  const query = useQuery({
    queryKey: key,
    queryFn: () => odeon.me.sanctions(),
    enabled: me !== null,
  })
  const again = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['sanctions'] }),
    [queries],
  )
  // A decision about the appeal comes as a notice: the page shows it at once.
  useFreshNotice(again)

  if (query.isError && !(query.error instanceof Refusal)) {
    return (
      <StatePage title={t('appeal.title')} text={errorText(t, query.error)}>
        <button type="button" className="button button-primary" onClick={again}>
          {t('app.retry')}
        </button>
      </StatePage>
    )
  }
  if (isStarting || (me && query.isPending)) return <AppealSkeleton />
  const sanction = query.data?.find(({ id }) => id === sanctionId)
  if (!sanction) return <StatePage title={t('appeal.notFound')} text={t('appeal.notFoundText')} />
  return (
    <div className="page page-narrow appeal">
      <Decision sanction={sanction} />
      <AppealState
        sanction={sanction}
        send={(text) => odeon.me.appeal(sanction.id, text)}
        onSent={again}
      />
      {room ? (
        <p>
          <a className="link" href={`/live/${encodeURIComponent(room)}`}>
            {t('appeal.back')}
          </a>
        </p>
      ) : null}
    </div>
  )
}

function AppealSkeleton() {
  const { t } = useTranslation()
  return (
    <div className="page page-narrow appeal" aria-busy="true">
      <p className="unseen" role="status">
        {t('app.loading')}
      </p>
      <h1>
        <span className="skeleton line-skeleton" />
      </h1>
      <div className="panel skeleton appeal-waiting" />
    </div>
  )
}
