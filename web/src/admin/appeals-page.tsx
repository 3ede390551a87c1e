/** Appeals: what was decided, what the person says, and one more look by somebody else. */
import { useQueryClient } from '@tanstack/react-query'
import type { Appeal } from '@odeon/sdk'
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { dateOf } from '../frame/when.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { AdminFrame } from './admin-frame.tsx'
import { AdminRefused } from './admin-refused.tsx'
import { ChoiceFilter, useFilters } from './filters.tsx'
import { usePages } from './use-pages.ts'
import { reasonText } from '../moderation/reason-text.ts'

const statuses = ['open', 'upheld', 'lifted'] as const
const refetchMs = 20_000
const noteCharsMax = 500

export function AppealsPage() {
  return <AdminFrame section="appeals">{() => <Appeals />}</AdminFrame>
}

function Appeals() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [filters, change] = useFilters()
  const [said, setSaid] = useState<Said>()
  const status = statuses.find((name) => name === filters.status) ?? 'open'
  const pages = usePages<Appeal>({
    key: ['appeals', status],
    read: async (before) => {
      const page = await odeon.moderation.appeals({ status, ...(before ? { before } : {}) })
      return { items: page.appeals, more: page.more }
    },
    refetchMs,
  })
  const decided = (text: string, appealId?: string) => {
    setSaid({ text, appealId })
    void queries.invalidateQueries({ queryKey: ['appeals'] })
  }
  return (
    <>
      <div className="filters" role="group" aria-label={t('house.filters')}>
        <ChoiceFilter
          label={t('appeals.status')}
          value={status}
          options={statuses.map((name) => [name, t(`appeals.statuses.${name}`)])}
          onChoose={(name) => change({ status: name === 'open' ? undefined : name })}
        />
      </div>
      <p className={said ? 'queue-said' : 'unseen'} role="status">
        {said?.text}
      </p>
      {said?.appealId ? (
        <div>
          <TakeBack appealId={said.appealId} onDecided={decided} />
        </div>
      ) : null}
      {pages.error && !pages.items ? <AdminRefused error={pages.error} /> : null}
      {!pages.items && !pages.error ? <div className="skeleton queue-skeleton" /> : null}
      {pages.items?.length === 0 ? <p className="dim">{t('appeals.empty')}</p> : null}
      <ul className="appeals">
        {pages.items?.map((appeal) => (
          <AppealCard key={appeal.id} appeal={appeal} onDecided={decided} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <button
          type="button"
          className="button button-plain"
          onClick={() => void pages.fetchNextPage()}
        >
          {t('house.more')}
        </button>
      ) : null}
    </>
  )
}

interface Said {
  text: string
  /** What was decided just now and can be taken back. */
  appealId: string | undefined
}

interface AppealCardProps {
  appeal: Appeal
  onDecided: (text: string, appealId?: string) => void
}

function AppealCard({ appeal, onDecided }: AppealCardProps) {
  const { t, i18n } = useTranslation()
  const { sanction, decided } = appeal
  const by = sanction.decidedBy?.name ?? t('house.house')
  return (
    <li className="desk-panel appeal">
      <h2>
        {t('appeals.sanction', {
          kind: t(`appeals.kinds.${sanction.kind}`),
          name: sanction.person.name,
          by,
        })}
      </h2>
      <p className="dim figures">
        {sanction.stream
          ? sanction.stream.title
          : sanction.until
            ? t('appeals.until', { time: dateOf(sanction.until, i18n.language) })
            : t('appeals.untilNone')}
        {sanction.channel ? ` · ${t('triage.where', { name: sanction.channel.name })}` : ''}
        {sanction.reason
          ? ` · ${t('appeals.reason', { reason: reasonText(t, sanction.reason) })}`
          : ''}
      </p>
      <blockquote className="evidence-text">{appeal.text}</blockquote>
      {decided ? (
        <p className="notice">
          {t('appeals.decided', {
            outcome: t(`appeals.statuses.${appeal.status}`),
            name: decided.by?.name ?? t('house.house'),
            when: dateOf(decided.at, i18n.language),
          })}{' '}
          {decided.note}
          {appeal.undoUntil !== null && appeal.mayDecide ? (
            <TakeBack appealId={appeal.id} onDecided={onDecided} />
          ) : null}
        </p>
      ) : appeal.mayDecide ? (
        <AppealActs appeal={appeal} onDecided={onDecided} />
      ) : (
        <p className="notice">{t('appeals.own')}</p>
      )}
    </li>
  )
}

function AppealActs({ appeal, onDecided }: AppealCardProps) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const decide = async (decision: 'uphold' | 'lift') => {
    if (isBusy) return
    setBusy(true)
    setWrong(undefined)
    try {
      const text = note.trim()
      await odeon.moderation.decideAppeal(appeal.id, { decision, ...(text ? { note: text } : {}) })
      onDecided(decision === 'lift' ? t('appeals.liftedDone') : t('appeals.upheldDone'), appeal.id)
    } catch (error) {
      setWrong(errorText(t, error))
      setBusy(false)
    }
  }
  return (
    <>
      <label className="field">
        <span className="field-label">{t('appeals.note')}</span>
        <span className="field-box">
          <input
            className="field-input"
            value={note}
            maxLength={noteCharsMax}
            onChange={(event) => setNote(event.target.value)}
          />
        </span>
      </label>
      {wrong ? (
        <p className="notice notice-bad" role="alert">
          {wrong}
        </p>
      ) : null}
      <div className="evidence-acts">
        <button
          type="button"
          className="button button-primary"
          aria-disabled={isBusy || undefined}
          onClick={() => void decide('lift')}
        >
          {t('appeals.lift')}
        </button>
        <button
          type="button"
          className="button button-plain"
          aria-disabled={isBusy || undefined}
          onClick={() => void decide('uphold')}
        >
          {t('appeals.uphold')}
        </button>
      </div>
    </>
  )
}

/** For five minutes; then it stays as it was decided. */
function TakeBack({ appealId, onDecided }: Omit<AppealCardProps, 'appeal'> & { appealId: string }) {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string>()
  const takeBack = async () => {
    try {
      await odeon.moderation.reopenAppeal(appealId)
      onDecided(t('appeals.reopened'))
    } catch (error) {
      setWrong(errorText(t, error))
    }
  }
  return (
    <>
      <button type="button" className="button button-plain" onClick={() => void takeBack()}>
        {t('appeals.takeBack')}
      </button>
      {wrong ? <span role="alert">{wrong}</span> : null}
    </>
  )
}
