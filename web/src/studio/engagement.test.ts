import type { EngagementPoint } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { chartLimits, gathered, labelled, shapeOf, sinceStart, ticksTo } from './engagement.ts'

const minutes = (count: number): EngagementPoint[] =>
  Array.from({ length: count }, (_, index) => ({
    at: index * 60_000,
    viewers: index,
    messages: 1,
    reactions: 2,
    joins: 3,
  }))

test('[WEB-142] the scale has few whole round ticks and covers the most', () => {
  expect(ticksTo(0)).toEqual([0, 1])
  expect(ticksTo(3)).toEqual([0, 1, 2, 3])
  expect(ticksTo(9)).toEqual([0, 5, 10])
  for (const most of [1, 7, 48, 199, 1_234, 18_999]) {
    const ticks = ticksTo(most)
    expect(ticks.at(-1), `${most}`).toBeGreaterThanOrEqual(most)
    expect(ticks.length, `${most}`).toBeLessThanOrEqual(chartLimits.ticksMax + 1)
    expect(ticks.every(Number.isInteger), `${most}`).toBe(true)
  }
})

test('[WEB-142] a long stream is drawn in bounded steps that lose nothing', () => {
  const day = minutes(24 * 60)
  const steps = gathered(day)
  expect(steps.length).toBeLessThanOrEqual(chartLimits.pointsMax)
  const sum = (of: EngagementPoint[]) => of.reduce((all, { messages }) => all + messages, 0)
  expect(sum(steps)).toBe(sum(day))
  expect(Math.max(...steps.map(({ viewers }) => viewers))).toBe(24 * 60 - 1)
  expect(gathered(minutes(5))).toEqual(minutes(5))
})

test('[WEB-142] time is labelled from the start, in hours and minutes, a few times', () => {
  expect(labelled(1)).toEqual([0])
  for (const count of [2, 9, 60, 240]) {
    expect(labelled(count).length, `${count}`).toBeLessThanOrEqual(chartLimits.labelsMax)
    expect(labelled(count)[0]).toBe(0)
  }
  const [first, , third] = minutes(3)
  expect(third && first && sinceStart(third, first)).toBe('0:02')
})

test('[WEB-142] an outline stays in its box; one minute is a level', () => {
  const box = { left: 10, top: 5, width: 100, height: 50 }
  expect(shapeOf([0, 10], 10, box).line).toBe('M10 55 L110 5')
  expect(shapeOf([4], 8, box).line).toBe('M10 30 L110 30')
  expect(shapeOf([], 8, box)).toMatchObject({ line: '', area: '' })
})
