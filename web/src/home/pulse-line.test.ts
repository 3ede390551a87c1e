import { expect, test } from 'vitest'
import { pulsePath } from './pulse-line.tsx'

test('[WEB-69] a pulse is drawn to its own loudest moment, a quiet one stays low', () => {
  expect(pulsePath([0, 24, 0])).toBe('M0.0 22.0L48.0 2.0L96.0 22.0')
  expect(pulsePath([0, 3])).toBe('M0.0 22.0L96.0 17.0')
})
