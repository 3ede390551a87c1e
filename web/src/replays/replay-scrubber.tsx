/** The length of a stream as a line one moves along, with how much happened over it. */
import { type CSSProperties, useEffect, useMemo, useState } from 'react'
import { clockOf } from '../frame/clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { Playable } from './playable.ts'
import { usePosition } from './use-replay.ts'

const pointsMax = 160
/** Fewer have no shape. */
const pointsMin = 6
const height = 26
/** While it is dragged, a place is gone to once the hand rests for so long. */
const restMs = 140

interface ReplayScrubberProps {
  replay: Playable
  onSeek: (ms: number) => void
}

export function ReplayScrubber({ replay, onSeek }: ReplayScrubberProps) {
  const { t } = useTranslation()
  const { duration, holes } = replay
  const position = usePosition(replay, 250)
  const [wanted, setWanted] = useState<number>()
  useEffect(() => {
    if (wanted === undefined) return
    const timer = setTimeout(() => {
      onSeek(wanted)
      setWanted(undefined)
    }, restMs)
    return () => clearTimeout(timer)
  }, [wanted, onSeek])
  const shown = wanted ?? position
  const part = duration > 0 ? (shown / duration) * 100 : 0
  const words = t('replay.at', { time: clockOf(shown), length: clockOf(duration) })
  return (
    <div className="scrubber" style={{ '--played': `${part}%` } as CSSProperties}>
      <Density replay={replay} />
      <div className="scrubber-track" aria-hidden="true">
        <i />
        {holes.map(({ from, to }) => (
          <b
            key={from}
            style={{
              left: `${(from / duration) * 100}%`,
              width: `max(2px, ${((to - from) / duration) * 100}%)`,
            }}
          />
        ))}
      </div>
      {wanted === undefined ? null : (
        <output className="scrubber-time figures" aria-hidden="true">
          {clockOf(wanted)}
        </output>
      )}
      <input
        type="range"
        min={0}
        max={Math.ceil(duration)}
        step={1}
        value={shown}
        aria-label={t('replay.place')}
        aria-valuetext={words}
        onChange={(event) => setWanted(Number(event.target.value))}
      />
    </div>
  )
}

function Density({ replay: { pulse } }: { replay: Playable }) {
  const path = useMemo(() => densityPath(pulse.points), [pulse])
  if (path === '') return null
  return (
    <svg
      className="scrubber-density"
      viewBox={`0 0 ${pointsMax} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  )
}

/** Few enough points to be seen; the square root, so that one storm does not flatten the rest. */
function densityPath(points: readonly number[]): string {
  const size = Math.max(1, Math.ceil(points.length / pointsMax))
  const sums: number[] = []
  for (let at = 0; at < points.length; at += size) {
    const sum = points.slice(at, at + size).reduce((all, point) => all + point, 0)
    sums.push(Math.sqrt(sum))
  }
  const most = Math.max(...sums)
  if (sums.length < pointsMin || !(most > 0)) return ''
  const step = pointsMax / (sums.length - 1)
  const line = sums.map((sum, index) => {
    return `L${(index * step).toFixed(1)} ${(height - (sum / most) * (height - 2)).toFixed(1)}`
  })
  return `M0 ${height}${line.join('')}L${pointsMax} ${height}Z`
}
