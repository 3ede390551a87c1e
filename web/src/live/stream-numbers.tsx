/** What a stream came to: figures first, then how people came in. */
import type { StreamNumbers } from '@odeon/rooms/protocol'
import { clockOf } from '../frame/clock.ts'
import { useTranslation } from '../text/use-translation.ts'

const shown = [
  'viewersPeak',
  'viewersAverage',
  'viewersUnique',
  'watchMinutes',
  'messages',
  'chatters',
  'reactions',
] as const

export function StreamNumbersView({ numbers }: { numbers: StreamNumbers }) {
  const { t, i18n } = useTranslation()
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  return (
    <>
      <dl className="numbers figures">
        <div>
          <dt>{t('numbers.duration')}</dt>
          <dd>{clockOf(numbers.durationMs)}</dd>
        </div>
        {numbers.coins ? (
          <div>
            <dt>{t('numbers.coins')}</dt>
            <dd>{format.format(numbers.coins)}</dd>
          </div>
        ) : null}
        {shown.map((name) => (
          <div key={name}>
            <dt>{t(`numbers.${name}`)}</dt>
            <dd>{format.format(numbers[name])}</dd>
          </div>
        ))}
      </dl>
      <JoinsChart perMinute={numbers.joinsPerMinute} durationMs={numbers.durationMs} />
    </>
  )
}

const barsMax = 60

interface JoinsChartProps {
  perMinute: readonly number[]
  durationMs: number
}

function JoinsChart({ perMinute, durationMs }: JoinsChartProps) {
  const { t, i18n } = useTranslation()
  if (perMinute.length < 2) return null
  const format = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 })
  const bars = gathered(perMinute)
  const most = Math.max(1, ...bars)
  const label = t('numbers.joinsText', { most: Math.max(...perMinute) })
  return (
    <figure className="joins">
      <figcaption>{t('numbers.joins')}</figcaption>
      <div className="joins-chart figures" role="img" aria-label={label}>
        <span>{format.format(most)}</span>
        <div className="joins-bars">
          {bars.map((value, index) => (
            // oxlint-disable-next-line no-array-index-key -- a bar is its minute
            <i key={index} style={{ height: `${(value / most) * 100}%` }} />
          ))}
        </div>
        <span>{format.format(0)}</span>
        <p>
          <span>{clockOf(0)}</span>
          <span>{clockOf(durationMs)}</span>
        </p>
      </div>
    </figure>
  )
}

/** Of longer streams a bar is some minutes, and what came in each of them on average. */
function gathered(perMinute: readonly number[]): number[] {
  const size = Math.ceil(perMinute.length / barsMax)
  const bars: number[] = []
  for (let at = 0; at < perMinute.length; at += size) {
    const minutes = perMinute.slice(at, at + size)
    bars.push(minutes.reduce((sum, value) => sum + value, 0) / minutes.length)
  }
  return bars
}
