/** Live, since when, how many: the three facts every picture of a room carries. */
import { Eye } from 'lucide-react'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { clockOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { LiveCard } from './live-card.ts'

export function LiveFacts({ card, now }: { card: LiveCard; now: number }) {
  const { t } = useTranslation()
  const { startedAt, endedAt, viewers } = card
  if (endedAt !== null) {
    return (
      <div className="facts">
        <span className="fact figures">
          {startedAt === null ? t('home.ended') : clockOf(endedAt - startedAt)}
        </span>
      </div>
    )
  }
  const time = startedAt === null ? null : clockOf(now - startedAt)
  return (
    <div className="facts">
      <span className="live-badge">
        <i aria-hidden="true" />
        {t('home.live')}
        {time ? <span className="figures">{time}</span> : null}
      </span>
      <span className="fact" title={t('home.viewers', { count: viewers })}>
        <Eye size={15} aria-hidden="true" />
        <RollingNumber value={viewers} />
        <span className="unseen">{t('home.watching')}</span>
      </span>
    </div>
  )
}
