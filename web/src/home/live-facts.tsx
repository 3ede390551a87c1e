/** Live, since when, how many: the three facts every picture of a room carries. */
import type { Stream } from '@odeon/sdk'
import { Eye } from 'lucide-react'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { clockOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'

export function LiveFacts({ stream, now }: { stream: Stream; now: number }) {
  const { t } = useTranslation()
  if (stream.phase === 'ended') return <LastedFact stream={stream} />
  const time = stream.startedAt ? clockOf(now - stream.startedAt) : null
  return (
    <div className="facts">
      <span className="live-badge">
        <i aria-hidden="true" />
        {t('home.live')}
        {time ? <span className="figures">{time}</span> : null}
      </span>
      <span className="fact" title={t('home.viewers', { count: stream.viewers })}>
        <Eye size={15} aria-hidden="true" />
        <RollingNumber value={stream.viewers} />
      </span>
    </div>
  )
}

function LastedFact({ stream: { startedAt, endedAt } }: { stream: Stream }) {
  if (startedAt === null || endedAt === null) return null
  return (
    <div className="facts">
      <span className="fact figures">{clockOf(endedAt - startedAt)}</span>
    </div>
  )
}
