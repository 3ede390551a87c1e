/** Minutes of a stream as a chart needs them: scales, ticks and outlines; nothing is drawn here. */
import type { EngagementPoint } from '@odeon/sdk'
import { clockOf } from '../frame/clock.ts'

export const chartLimits = { pointsMax: 240, ticksMax: 4, labelsMax: 8 } as const

/** Round values from 0 to at least `most`; one tick at least above nothing. */
export function ticksTo(most: number): number[] {
  const wanted = Math.max(1, most) / chartLimits.ticksMax
  const power = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].map((of) => of * power).find((size) => size >= wanted) ?? wanted
  // People and messages are whole.
  const whole = Math.max(1, Math.ceil(step))
  const count = Math.max(1, Math.ceil(most / whole))
  return Array.from({ length: count + 1 }, (_, index) => index * whole)
}

/** Long streams are drawn in wider steps: viewers at their most, the rest added up. */
export function gathered(points: readonly EngagementPoint[]): EngagementPoint[] {
  const size = Math.ceil(points.length / chartLimits.pointsMax)
  if (size <= 1) return [...points]
  const steps: EngagementPoint[] = []
  for (let from = 0; from < points.length; from += size) {
    const [first, ...rest] = points.slice(from, from + size)
    if (first) steps.push(rest.reduce(added, first))
  }
  return steps
}

function added(sum: EngagementPoint, point: EngagementPoint): EngagementPoint {
  return {
    at: sum.at,
    viewers: Math.max(sum.viewers, point.viewers),
    messages: sum.messages + point.messages,
    reactions: sum.reactions + point.reactions,
    joins: sum.joins + point.joins,
  }
}

/** Places on the axis of time that are labelled, spread evenly, the first always among them. */
export function labelled(count: number): number[] {
  const every = Math.max(1, Math.ceil(count / chartLimits.labelsMax))
  return Array.from({ length: count }, (_, index) => index).filter((index) => index % every === 0)
}

/** Since the first minute, as a clock of hours and minutes: 0:05, 1:20. */
export function sinceStart(point: EngagementPoint, first: EngagementPoint): string {
  const minutes = Math.round((point.at - first.at) / 60_000)
  return clockOf(minutes * 1_000)
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export interface ChartShape {
  x: (index: number) => number
  y: (value: number) => number
  line: string
  area: string
}

/** Outline of one series in a box; one point alone is a level across it. */
export function shapeOf(values: readonly number[], most: number, box: Box): ChartShape {
  const last = Math.max(1, values.length - 1)
  const x = (index: number) => box.left + (index / last) * box.width
  const y = (value: number) => box.top + box.height * (1 - value / Math.max(1, most))
  const spots = values.length === 1 ? [...values, ...values] : values
  const path = spots.map((value, index) => `${round(x(index))} ${round(y(value))}`).join(' L')
  const floor = round(box.top + box.height)
  const line = path && `M${path}`
  const area = line && `${line} L${round(x(spots.length - 1))} ${floor} L${round(x(0))} ${floor} Z`
  return { x, y, line, area }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
