import { expect, test } from 'vitest'
import { Refusal } from '../refusal.ts'
import { demandDevices, deviceRefusal } from './media-refusals.ts'

test.each([
  ['NotAllowedError', 'device_denied'],
  ['NotFoundError', 'no_device'],
  ['OverconstrainedError', 'no_device'],
  ['NotReadableError', 'device_busy'],
  ['AbortError', 'device_busy'],
])('[PLY-04] %s of a browser is %s', (name, code) => {
  const error = new DOMException('as browsers say it', name)
  expect(deviceRefusal(error)).toMatchObject({ name: 'Refusal', code, about: error })
})

test('[PLY-04] a program without WebRTC is told so', () => {
  expect(demandDevices).toThrow(
    new Refusal({
      code: 'media_unsupported',
      message: 'Picture and sound need a browser with WebRTC.',
    }),
  )
})

test('[PLY-04] whatever else goes wrong keeps its own words', () => {
  const error = new TypeError('something else')
  expect(deviceRefusal(error)).toBe(error)
})
