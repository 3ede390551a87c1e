/** The host's encoder: whether it is connected, since when, and what is missing of it. */
import type { FloorEncoder } from '@odeon/sdk'
import { RadioTower } from 'lucide-react'
import { useNow } from '../frame/use-now.ts'
import { clockOf } from '../frame/clock.ts'
import { timeOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { type EncoderStanding, encoderStanding } from './encoder-standing.ts'

const grades: Record<EncoderStanding, string> = {
  starting: 'waiting',
  good: 'good',
  noPicture: 'fair',
  noSound: 'fair',
  nothing: 'poor',
  lost: 'again',
  gone: 'poor',
}

export function EncoderLine({ encoder }: { encoder: FloorEncoder }) {
  const { t, i18n } = useTranslation()
  const now = useNow(1_000)
  const { since, lostAt } = encoder
  const standing = encoderStanding(encoder, now)
  return (
    <div className="health-line" data-health={grades[standing]}>
      <p className="health-word" role="status">
        <RadioTower size={18} aria-hidden="true" />
        <strong>{t(`studio.encoder.${standing}`)}</strong>
        <span className="dim">{t(`studio.encoder.hint.${standing}`)}</span>
      </p>
      <dl className="health-figures figures">
        <div>
          <dt>{t(since > 0 ? 'studio.encoder.since' : 'studio.encoder.lostAt')}</dt>
          <dd>{since > 0 ? clockOf(now - since) : timeOf(lostAt, i18n.language)}</dd>
        </div>
      </dl>
    </div>
  )
}
