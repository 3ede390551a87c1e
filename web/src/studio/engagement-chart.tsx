/** Viewers as a line, messages and reactions as bars under it; read by eye, arrow keys or table. */
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { EngagementPoint } from '@odeon/sdk'
import { useTranslation } from '../text/use-translation.ts'
import { type Box, gathered, labelled, shapeOf, sinceStart, ticksTo } from './engagement.ts'
import { EngagementTable } from './engagement-table.tsx'

const margin = { left: 44, right: 12, top: 14 }
const height = 264
const lineHeight = 150
const barsTop = 188
const barsHeight = 44
const axisAt = 254

export function EngagementChart({ points }: { points: readonly EngagementPoint[] }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const steps = useMemo(() => gathered(points), [points])
  const [chosen, setChosen] = useState<number>()
  const first = steps[0]
  const at = chosen === undefined ? undefined : steps[Math.min(chosen, steps.length - 1)]
  const inner = Math.max(1, width - margin.left - margin.right)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const from = chosen ?? (step > 0 ? -1 : steps.length)
    setChosen(Math.min(steps.length - 1, Math.max(0, from + step)))
  }
  const onPointerMove = (event: PointerEvent) => {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left
    const part = Math.min(1, Math.max(0, (left - margin.left) / inner))
    setChosen(Math.round(part * (steps.length - 1)))
  }

  if (!first) return <p className="dim chart-empty">{t('studio.chart.empty')}</p>
  const said = at
    ? t('studio.chart.point', {
        time: sinceStart(at, first),
        viewers: at.viewers,
        messages: at.messages,
        reactions: at.reactions,
        joins: at.joins,
      })
    : ''
  return (
    <figure className="chart">
      <ChartLegend />
      <div
        ref={box}
        className="chart-box"
        role="slider"
        tabIndex={0}
        aria-valuemin={0}
        aria-valuemax={steps.length - 1}
        aria-valuenow={chosen ?? steps.length - 1}
        aria-valuetext={said}
        aria-label={t('studio.chart.label', { count: points.length })}
        aria-describedby="chart-keys"
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setChosen(undefined)}
        onBlur={() => setChosen(undefined)}
      >
        {width > 0 ? (
          <ChartDrawing steps={steps} width={width} inner={inner} chosen={chosen} />
        ) : null}
      </div>
      <p id="chart-keys" className="unseen">
        {t('studio.chart.keys')}
      </p>
      <p className="chart-said figures" aria-hidden="true">
        {said}
      </p>
      <EngagementTable points={points} />
    </figure>
  )
}

function ChartLegend() {
  const { t } = useTranslation()
  return (
    <ul className="chart-legend" aria-hidden="true">
      {(['viewers', 'messages', 'reactions'] as const).map((name) => (
        <li key={name} data-series={name}>
          {t(`studio.chart.${name}`)}
        </li>
      ))}
    </ul>
  )
}

interface DrawingProps {
  steps: readonly EngagementPoint[]
  width: number
  inner: number
  chosen: number | undefined
}

function ChartDrawing({ steps, width, inner, chosen }: DrawingProps) {
  const viewers = steps.map((step) => step.viewers)
  const ticks = ticksTo(Math.max(...viewers))
  const most = ticks.at(-1) ?? 1
  const lineBox = { left: margin.left, top: margin.top, width: inner, height: lineHeight }
  const { x, y, line, area } = shapeOf(viewers, most, lineBox)
  const spot = chosen === undefined ? undefined : Math.min(chosen, steps.length - 1)
  const [first] = steps
  return (
    <svg width={width} height={height} aria-hidden="true" className="figures">
      {ticks.map((tick) => (
        <g key={tick} className="chart-grid">
          <line x1={margin.left} x2={margin.left + inner} y1={y(tick)} y2={y(tick)} />
          <text x={margin.left - 8} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <path className="chart-area" d={area} />
      <path className="chart-line" d={line} />
      <Bars steps={steps} x={x} box={{ ...lineBox, top: barsTop, height: barsHeight }} />
      {labelled(steps.length).map((index) => {
        const step = steps[index]
        return step && first ? (
          <text key={step.at} className="chart-time" x={x(index)} y={axisAt}>
            {sinceStart(step, first)}
          </text>
        ) : null
      })}
      {spot === undefined ? null : (
        <g className="chart-spot">
          <line x1={x(spot)} x2={x(spot)} y1={margin.top} y2={barsTop + barsHeight} />
          <circle cx={x(spot)} cy={y(viewers[spot] ?? 0)} r={4.5} />
        </g>
      )}
    </svg>
  )
}

interface BarsProps {
  steps: readonly EngagementPoint[]
  x: (index: number) => number
  box: Box
}

function Bars({ steps, x, box }: BarsProps) {
  const most = Math.max(1, ...steps.map((step) => Math.max(step.messages, step.reactions)))
  const size = Math.min(10, Math.max(1, (box.width / Math.max(1, steps.length) - 1) / 2))
  const bar = (value: number) => (value / most) * box.height
  // The first and the last stand within the axis, too.
  const middle = (index: number) =>
    Math.min(box.left + box.width - size, Math.max(box.left + size, x(index)))
  return steps.map((step, index) => (
    <g key={step.at}>
      <rect
        className="chart-messages"
        x={middle(index) - size}
        y={box.top + box.height - bar(step.messages)}
        width={size}
        height={bar(step.messages)}
      />
      <rect
        className="chart-reactions"
        x={middle(index)}
        y={box.top + box.height - bar(step.reactions)}
        width={size}
        height={bar(step.reactions)}
      />
    </g>
  ))
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return width
}
