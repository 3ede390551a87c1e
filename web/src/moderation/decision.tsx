/** A decision about oneself: why, until when, by which role, and what came of the appeal. */
import type { KeptSanction } from '@odeon/sdk'
import { useNow } from '../frame/use-now.ts'
import { dateOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AppealForm } from './appeal-form.tsx'
import { reasonText } from './reason-text.ts'

export function Decision({ sanction }: { sanction: KeptSanction }) {
  const { t, i18n } = useTranslation()
  const { kind, until, by, reason, scope, channel, stream } = sanction
  const isOver = useIsOver(sanction)
  const titles = {
    timeout: isOver ? t('appeal.overTimeout') : t('appeal.timeout'),
    ban: isOver ? t('appeal.overBan') : t('appeal.ban'),
    suspension: isOver ? t('appeal.overSuspension') : t('appeal.suspension'),
    stream_end: t('appeal.streamEnd'),
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
        {kind === 'stream_end' ? (
          <>
            <dt>{t('appeal.stream')}</dt>
            <dd>{stream?.title}</dd>
          </>
        ) : (
          <>
            <dt>{t('appeal.until')}</dt>
            <dd className="figures">
              {until === null ? t('appeal.untilNone') : dateOf(until, i18n.language)}
            </dd>
            <dt>{t('appeal.where')}</dt>
            <dd>{kind === 'suspension' ? t('appeal.wholeHouse') : where}</dd>
          </>
        )}
        <dt>{t('appeal.by')}</dt>
        <dd>{t(`appeal.roles.${by}`)}</dd>
      </dl>
    </>
  )
}

interface AppealStateProps {
  sanction: KeptSanction
  /** How the appeal goes out. */
  send: (text: string) => Promise<unknown>
  onSent: () => void
}

export function AppealState({ sanction, send, onSent }: AppealStateProps) {
  const { t } = useTranslation()
  const { appeal, mayAppeal, liftedAt } = sanction
  const isOver = useIsOver(sanction)
  const outcome = () => {
    if (appeal?.status === 'lifted' || liftedAt !== null) return t(`appeal.lifted.${sanction.kind}`)
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
        <AppealForm sanctionId={sanction.id} send={send} onSent={onSent} />
      ) : null}
    </>
  )
}

function useIsOver({ stands, until }: KeptSanction): boolean {
  const now = useNow(1_000, stands && until !== null)
  return !stands || (until !== null && until <= now)
}
