/** One flag in the list: what it is about, why, how often, how long ago. */
import type { Flag } from '@odeon/sdk'
import { useEffect, useRef } from 'react'
import { useNow } from '../frame/use-now.ts'
import { agoOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { reasonText } from '../moderation/reason-text.ts'

interface FlagRowProps {
  flag: Flag
  isChosen: boolean
  onChoose: () => void
}

export function FlagRow({ flag, isChosen, onChoose }: FlagRowProps) {
  const { t, i18n } = useTranslation()
  const now = useNow(30_000)
  const row = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <li>
      <button
        ref={row}
        type="button"
        className="flag-row"
        aria-current={isChosen ? 'true' : undefined}
        onClick={onChoose}
      >
        <span className="flag-head">
          <strong>{reasonText(t, flag.reason)}</strong>
          <span className="dim figures">
            {agoOf(flag.at, now, i18n.language, t('time.justNow'))}
          </span>
        </span>
        <span className="flag-excerpt">{flag.excerpt ?? t('triage.noExcerpt')}</span>
        <span className="dim flag-facts figures">
          {t(`triage.types.${flag.type}`)}
          {flag.subject ? ` · ${flag.subject.name}` : ''}
          {flag.channel ? ` · ${flag.channel.name}` : ''}
          {flag.flags > 1 ? ` · ${t('triage.times', { count: flag.flags })}` : ''}
        </span>
      </button>
    </li>
  )
}
