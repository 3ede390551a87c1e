import { expect, test } from 'vitest'
import { bitrateOf, gradeOf, healthOf, isSettled, percentOf } from './health.ts'

test('[STU-08] the worst figure decides how well a stream travels', () => {
  const rows: [bitrateBps: number, loss: number, trip: number | undefined, grade: string][] = [
    [2_400_000, 0, 40, 'good'],
    [2_400_000, 0, undefined, 'good'],
    [2_400_000, 0.03, 40, 'fair'],
    [2_400_000, 0, 240, 'fair'],
    [2_400_000, 0.2, 40, 'poor'],
    [2_400_000, 0, 900, 'poor'],
    [70_000, 0, 40, 'good'],
    [2_000, 0, 40, 'poor'],
  ]
  for (const [bitrateBps, lossShare, rttMs, grade] of rows) {
    expect(gradeOf({ bitrateBps, lossShare, rttMs }, true), String(rttMs)).toBe(grade)
  }
  // Of a voice alone there may be silence.
  expect(gradeOf({ bitrateBps: 2_000, lossShare: 0, rttMs: 40 }, false)).toBe('good')
})

test('[STU-08] figures are short', () => {
  expect(bitrateOf(2_449_000)).toEqual({ unit: 'mbps', value: '2.4' })
  expect(bitrateOf(64_499)).toEqual({ unit: 'kbps', value: '64' })
  expect(bitrateOf(499), 'nothing is no figure').toBeUndefined()
  expect([0, 0.004, 0.25].map(percentOf)).toEqual(['0', '0.4', '25'])
})

test('[STU-08] what is muted is not sent, and a new line is judged after some seconds', () => {
  const flow = { bitrateBps: 6_000, lossShare: 0, rttMs: 5 }
  const microphone = new Set(['microphone'] as const)
  const self = { sources: microphone, muted: microphone, isSpeaking: false, level: 0 }
  const facts = { sending: microphone, status: 'on', self } as const
  expect(healthOf(facts, flow)).toBe('idle')
  expect(healthOf({ ...facts, self: { ...self, muted: new Set() } }, flow)).toBe('good')
  expect([0, 5_999, 6_000].map((ms) => isSettled(1_000, 1_000 + ms))).toEqual([false, false, true])
})

test('[STU-08] what somebody else sends for the host is told from nothing', () => {
  const flow = { bitrateBps: 900_000, lossShare: 0, rttMs: 40 }
  const none = new Set<never>()
  const camera = new Set(['camera'] as const)
  const self = { sources: camera, muted: none, isSpeaking: false, level: 0 }
  const of = (facts: Partial<Parameters<typeof healthOf>[0]>) =>
    healthOf({ sending: none, status: 'on', self: undefined, ...facts }, flow)
  expect(of({})).toBe('idle')
  expect(of({ self })).toBe('elsewhere')
  expect(of({ self, sending: camera })).toBe('good')
  expect(of({ self, sending: camera, status: 'reconnecting' })).toBe('again')
})
