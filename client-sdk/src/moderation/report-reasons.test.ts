import * as wire from '@odeon/rooms/protocol'
import { expect, test } from 'vitest'
import { reportReasons } from './report-reasons.ts'

test('[FLG-09] the reasons people are offered are those that the server takes', () => {
  expect(reportReasons).toEqual(wire.reportReasons)
})
