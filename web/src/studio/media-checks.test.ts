import { expect, test } from 'vitest'
import type { TFunction } from '../text/use-translation.ts'
import { airRecordOf } from './air-memory.ts'
import { type MediaFacts, mediaChecks } from './media-checks.ts'
import { FrameWatch } from './use-picture-facts.ts'

const t: TFunction = (key) => key
const picture = { isMoving: true, widthPx: 1280, heightPx: 720 }
const fine: MediaFacts = {
  camera: { status: 'on', trouble: null },
  microphone: { status: 'on', trouble: null },
  picture,
  heard: 'heard',
  way: 'good',
  encoder: undefined,
}
const grades = (change: Partial<MediaFacts>) =>
  mediaChecks(t, { ...fine, ...change })
    .map(({ grade }) => grade)
    .join(' ')

test('[STU-04] checks tell what devices give, and only a dark camera stands in the way', () => {
  expect(grades({})).toBe('good good good')
  expect(grades({ picture: { ...picture, isMoving: undefined } })).toBe('wait good good')
  expect(grades({ picture: { ...picture, isMoving: false } })).toBe('bad good good')
  expect(grades({ camera: { status: 'off', trouble: null } })).toBe('warn good good')
  expect(grades({ camera: { status: 'asking', trouble: null } })).toBe('wait good good')
  expect(grades({ microphone: { status: 'trouble', trouble: 'busy' } })).toBe('good warn good')
  expect(grades({ heard: 'waiting' })).toBe('good wait good')
  expect(grades({ heard: 'silent' })).toBe('good warn good')
  expect(grades({ way: 'wait' })).toBe('good good wait')
  expect(grades({ way: 'away' })).toBe('good good warn')
})

test('[STU-04] a picture moves while new frames come', () => {
  const watch = new FrameWatch(1_000)
  expect(watch.at(0, 1_100)).toBeUndefined()
  expect(watch.at(0, 1_600)).toBeUndefined()
  expect(watch.at(9, 2_100)).toBe(true)
  expect(watch.at(9, 5_000)).toBe(true)
  expect(watch.at(9, 5_101)).toBe(false)
  expect(watch.at(10, 5_600)).toBe(true)
  const dark = new FrameWatch(1_000)
  expect(dark.at(0, 4_001)).toBe(false)
})

test('[STU-09] a tab goes on with its own stream only, whatever stands in its memory', () => {
  const kept = JSON.stringify({ streamId: 'a', camera: true, microphone: false })
  expect(airRecordOf(kept, 'a')).toEqual({ camera: true, microphone: false })
  expect(airRecordOf(kept, 'b')).toBeUndefined()
  for (const broken of [null, '', '{', '7', 'null', '[]', '{"camera":true}']) {
    expect(airRecordOf(broken, 'a'), String(broken)).toBeUndefined()
  }
})
