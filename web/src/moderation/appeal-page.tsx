/** What was decided about oneself, why and until when, and the one appeal against it. */
import { type KeptSanction, Refusal } from '@odeon/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useNow } from '../frame/use-now.ts'
import { useTitle } from '../frame/use-title.ts'
import { dateOf } from '../frame/when.ts'
import { useFreshNotice } from '../notices/use-notices.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AppealForm } from './appeal-form.tsx'
import { reasonText } from './reason-text.ts'

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
      <AppealState sanction={sanction} onSent={again} />
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

function Decision({ sanction }: { sanction: KeptSanction }) {
  const { t, i18n } = useTranslation()
  const { kind, until, by, reason, scope, channel } = sanction
  const isOver = useIsOver(sanction)
  const titles = {
    timeout: isOver ? t('appeal.overTimeout') : t('appeal.timeout'),
    ban: isOver ? t('appeal.overBan') : t('appeal.ban'),
  }
  const where =
    scope === 'everywhere'
      ? t('appeal.everywhere')
      : channel
        ? t('appeal.channel', { name: channel.name })
        : t('appeal.thisChannel')
  return (
    <>
      <h1>{titles[kind]}</h1>
      <dl className="panel appeal-facts">
        <dt>{t('appeal.why')}</dt>
        <dd>{reason === null ? t('appeal.whyNone') : reasonText(t, reason)}</dd>
        <dt>{t('appeal.until')}</dt>
        <dd className="figures">
          {until === null ? t('appeal.untilNone') : dateOf(until, i18n.language)}
        </dd>
        <dt>{t('appeal.where')}</dt>
        <dd>{where}</dd>
        <dt>{t('appeal.by')}</dt>
        <dd>{t(`appeal.roles.${by}`)}</dd>
      </dl>
    </>
  )
}

function AppealState({ sanction, onSent }: { sanction: KeptSanction; onSent: () => void }) {
  const { t } = useTranslation()
  const { appeal, mayAppeal, liftedAt } = sanction
  const isOver = useIsOver(sanction)
  const outcome = () => {
    if (appeal?.status === 'lifted' || liftedAt !== null) return t('appeal.lifted')
    if (isOver) return t('appeal.over')
    if (appeal?.status === 'upheld') {
      return appeal.note ? t('appeal.upheldNote', { note: appeal.note }) : t('appeal.upheld')
    }
    return appeal ? t('appeal.pending') : null
  }
  const said = outcome()
  return (
    <>
      {said ? (
        <p className="notice" role="status">
          {said}
        </p>
      ) : null}
      {appeal ? (
        <section>
          <h2>{t('appeal.yours')}</h2>
          <p className="appeal-text">{appeal.text}</p>
        </section>
      ) : null}
      {mayAppeal && !appeal && !isOver ? (
        <AppealForm sanctionId={sanction.id} onSent={onSent} />
      ) : null}
    </>
  )
}

function useIsOver({ stands, until }: KeptSanction): boolean {
  const now = useNow(1_000, stands && until !== null)
  return !stands || (until !== null && until <= now)
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
