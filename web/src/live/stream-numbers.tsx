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
      <JoinsChart perMinute={numbers.joinsPerMinute} />
    </>
  )
}

const barsMax = 60

function JoinsChart({ perMinute }: { perMinute: readonly number[] }) {
  const { t } = useTranslation()
  if (perMinute.length < 2) return null
  const bars = gathered(perMinute)
  const most = Math.max(1, ...bars)
  const label = t('numbers.joinsText', { most: Math.max(...perMinute) })
  return (
    <figure className="joins">
      <figcaption>{t('numbers.joins')}</figcaption>
      <svg
        viewBox={`0 0 ${bars.length * 4} 40`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map((value, index) => {
          const height = Math.max(value > 0 ? 2 : 0.6, (value / most) * 38)
          // oxlint-disable-next-line no-array-index-key -- a bar is its minute
          return (
            <rect key={index} x={index * 4} y={40 - height} width={3} height={height} rx={0.8} />
          )
        })}
      </svg>
    </figure>
  )
}

function gathered(perMinute: readonly number[]): number[] {
  const size = Math.ceil(perMinute.length / barsMax)
  const bars: number[] = []
  for (let at = 0; at < perMinute.length; at += size) {
    bars.push(perMinute.slice(at, at + size).reduce((sum, value) => sum + value, 0))
  }
  return bars
}
