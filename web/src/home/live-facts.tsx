/** Live, since when, how many: the three facts every picture of a room carries. */
import { Eye, Headphones } from 'lucide-react'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { clockOf } from '../frame/clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import { type LiveCard, listenersOf } from './live-card.ts'

export function LiveFacts({ card, now }: { card: LiveCard; now: number }) {
  const { t } = useTranslation()
  const { startedAt, endedAt, medium, viewers } = card
  if (endedAt !== null) {
    return (
      <div className="facts">
        <span className="fact figures">
          {startedAt === null ? t('home.ended') : clockOf(endedAt - startedAt)}
        </span>
      </div>
    )
  }
  const isAudio = medium === 'audio'
  const count = isAudio ? listenersOf(card) : viewers
  const Icon = isAudio ? Headphones : Eye
  const time = startedAt === null ? null : clockOf(now - startedAt)
  return (
    <div className="facts">
      <span className="live-badge">
        <i aria-hidden="true" />
        {t('home.live')}
        {time ? <span className="figures">{time}</span> : null}
      </span>
      <span className="fact" title={t(isAudio ? 'home.listeners' : 'home.viewers', { count })}>
        <Icon size={15} aria-hidden="true" />
        <RollingNumber value={count} />
        <span className="unseen">{t(isAudio ? 'home.listening' : 'home.watching')}</span>
      </span>
    </div>
  )
}
