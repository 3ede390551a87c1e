/** The review queue: a list on the left, the evidence beside it, every decision one key away. */
import type { Me } from '@odeon/sdk'
import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { useLetterKeys } from '../frame/letter-keys.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { AdminFrame } from './admin-frame.tsx'
import { AdminRefused } from './admin-refused.tsx'
import { ChoiceFilter, useFilters } from './filters.tsx'
import { FlagEvidence } from './flag-evidence.tsx'
import { FlagRow } from './flag-row.tsx'
import { QueueKeys } from './queue-keys.tsx'
import { flagStatuses, flagTypes } from './queue-filters.ts'
import { useTriage } from './use-triage.ts'
import { useTriageKeys } from './use-triage-keys.ts'

export function QueuePage() {
  return <AdminFrame section="queue">{(me) => <Queue me={me} />}</AdminFrame>
}

function Queue({ me }: { me: Me }) {
  const { t } = useTranslation()
  const [filters] = useFilters()
  const desk = useTriage(filters)
  const hasLetters = useLetterKeys()
  const [isHelpOpen, setHelpOpen] = useState(false)
  useTriageKeys(desk, me.platformRole, () => setHelpOpen(true))
  const { flags, chosen, said } = desk
  return (
    <>
      <QueueFilters />
      <div className="queue-head">
        <p className="dim figures">
          {desk.pending === undefined ? '' : `${t('triage.waiting', { count: desk.pending })}. `}
          {hasLetters ? <span className="keys-hint">{t('triage.keys')}</span> : null}
        </p>
        <button type="button" className="button button-quiet" onClick={() => setHelpOpen(true)}>
          <CircleHelp size={18} aria-hidden="true" />
          {t('triage.help')}
        </button>
      </div>
      <p className={said ? 'queue-said' : 'unseen'} role="status" data-bad={said?.isBad}>
        {said?.text}
      </p>
      {desk.error && !flags ? <AdminRefused error={desk.error} /> : null}
      {!flags && !desk.error ? <QueueSkeleton /> : null}
      {flags?.length === 0 ? (
        <StatePage title={t('triage.emptyTitle')} text={t('triage.emptyText')} />
      ) : null}
      {flags && flags.length > 0 ? (
        <div className="queue">
          <ul className="queue-list" aria-label={t('triage.list')}>
            {flags.map((flag) => (
              <FlagRow
                key={flag.id}
                flag={flag}
                isChosen={flag.id === chosen?.id}
                onChoose={() => desk.choose(flag.id)}
              />
            ))}
            {desk.hasMore ? (
              <li>
                <button
                  type="button"
                  className="button button-plain button-wide"
                  onClick={desk.readMore}
                >
                  {t('house.more')}
                </button>
              </li>
            ) : null}
          </ul>
          {chosen ? (
            <FlagEvidence
              key={chosen.id}
              flag={chosen}
              role={me.platformRole}
              onDecide={(measure, note) => void desk.decide(chosen, measure, note)}
            />
          ) : null}
        </div>
      ) : null}
      {isHelpOpen ? <QueueKeys onClose={() => setHelpOpen(false)} /> : null}
    </>
  )
}

function QueueFilters() {
  const { t } = useTranslation()
  const [filters, change] = useFilters()
  const orNone = (value: string) => (value === '' ? undefined : value)
  return (
    <div className="filters" role="group" aria-label={t('house.filters')}>
      <ChoiceFilter
        label={t('triage.status')}
        value={filters.status ?? 'pending'}
        options={flagStatuses.map((name) => [name, t(`triage.statuses.${name}`)])}
        onChoose={(status) => change({ status: status === 'pending' ? undefined : status })}
      />
      <ChoiceFilter
        label={t('triage.type')}
        value={filters.type ?? ''}
        options={[
          ['', t('house.everything')],
          ...flagTypes.map((name) => [name, t(`triage.types.${name}`)] as const),
        ]}
        onChoose={(type) => change({ type: orNone(type) })}
      />
      <ChoiceFilter
        label={t('triage.source')}
        value={filters.automatic ?? ''}
        options={[
          ['', t('house.everything')],
          ['false', t('triage.people')],
          ['true', t('triage.automatic')],
        ]}
        onChoose={(automatic) => change({ automatic: orNone(automatic) })}
      />
    </div>
  )
}

function QueueSkeleton() {
  return (
    <div className="queue" aria-busy="true">
      <div className="skeleton queue-skeleton" />
      <div className="skeleton queue-skeleton" />
    </div>
  )
}
