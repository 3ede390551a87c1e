/** A room's pulse: chat and reactions of the last two minutes as one small line. */
const width = 96
const height = 24
/** A quiet room's few lines must not look like a storm. */
const fullScaleMin = 12

export function pulsePath(pulse: readonly number[]): string {
  const scale = Math.max(fullScaleMin, ...pulse)
  const step = width / (pulse.length - 1)
  return pulse
    .map((count, index) => {
      const x = (index * step).toFixed(1)
      const y = (height - 2 - (count / scale) * (height - 4)).toFixed(1)
      return `${index === 0 ? 'M' : 'L'}${x} ${y}`
    })
    .join('')
}

export function PulseLine({ pulse }: { pulse: readonly number[] }) {
  if (pulse.length < 2 || pulse.every((count) => count === 0)) return null
  const path = pulsePath(pulse)
  return (
    <svg
      className="pulse"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className="pulse-fill" d={`${path}L${width} ${height}L0 ${height}Z`} />
      <path className="pulse-line" d={path} />
    </svg>
  )
}
