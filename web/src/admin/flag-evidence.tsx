/** Beside the queue: what a flag is about, in its place, and what can be done about it. */
import { Link } from '@tanstack/react-router'
import type { Flag, Me } from '@odeon/sdk'
import { useState } from 'react'
import { dateOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { FlagContext } from './flag-context.tsx'
import { reasonText } from '../moderation/reason-text.ts'
import { type Measure, measureKeys, measuresFor } from './triage.ts'

const noteCharsMax = 500

interface FlagEvidenceProps {
  flag: Flag
  role: Me['platformRole']
  onDecide: (measure: Measure, note: string) => void
}

export function FlagEvidence({ flag, role, onDecide }: FlagEvidenceProps) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  return (
    <section className="desk-panel evidence" aria-label={t('triage.evidence')}>
      <FlagFacts flag={flag} />
      <blockquote className="evidence-text">{flag.excerpt ?? t('triage.noExcerpt')}</blockquote>
      {flag.type === 'message' && flag.streamId && flag.seq !== null ? (
        <FlagContext streamId={flag.streamId} seq={flag.seq} />
      ) : null}
      {flag.decided ? (
        <Decided flag={flag} />
      ) : (
        <>
          <label className="field">
            <span className="field-label">{t('triage.note')}</span>
            <span className="field-box">
              <input
                className="field-input"
                value={note}
                maxLength={noteCharsMax}
                onChange={(event) => setNote(event.target.value)}
              />
            </span>
          </label>
          <div className="evidence-acts">
            {measuresFor(flag, role).map((measure) => (
              <button
                key={measure}
                type="button"
                className={measure === 'none' ? 'button button-primary' : 'button button-plain'}
                onClick={() => onDecide(measure, note.trim())}
              >
                {t(`triage.measures.${measure}`)}
                {measureKeys.has(measure) ? (
                  <kbd aria-hidden="true">{measureKeys.get(measure)?.toUpperCase()}</kbd>
                ) : null}
              </button>
            ))}
          </div>
        </>
      )}
    </section>
  )
}

function FlagFacts({ flag }: { flag: Flag }) {
  const { t, i18n } = useTranslation()
  const { subject, channel, reporter, score } = flag
  return (
    <div className="evidence-facts">
      <h2>{reasonText(t, flag.reason)}</h2>
      <ul className="dim figures">
        {subject ? (
          <li>
            {t('triage.subject', { name: subject.name })}{' '}
            {subject.username ? (
              <Link to="/channel/$handle" params={{ handle: subject.username }} className="link">
                @{subject.username}
              </Link>
            ) : null}{' '}
            <Link to="/admin/audit" search={{ target: subject.id }} className="link">
              {t('triage.history')}
            </Link>
          </li>
        ) : null}
        {channel ? <li>{t('triage.where', { name: channel.name })}</li> : null}
        <li>
          {flag.isAutomatic
            ? t('triage.scored', { score: Math.round((score ?? 0) * 100) })
            : t('triage.reporter', { name: reporter?.name ?? t('house.somebody') })}
          {`, ${dateOf(flag.at, i18n.language)}. `}
          {t('triage.times', { count: flag.flags })}
        </li>
        {flag.text ? <li>{t('triage.said', { text: flag.text })}</li> : null}
      </ul>
    </div>
  )
}

function Decided({ flag }: { flag: Flag }) {
  const { t, i18n } = useTranslation()
  const { decided } = flag
  if (!decided) return null
  const facts = {
    measure: t(`triage.measures.${flag.measure ?? 'none'}`),
    name: decided.by?.name ?? t('house.house'),
    when: dateOf(decided.at, i18n.language),
  }
  return (
    <p className="notice">
      {t('triage.decidedBy', facts)} {decided.note}
    </p>
  )
}
