import type { StatementLine, StatementPage } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { type NewestLines, withNewest } from './newest-lines.ts'

const lines = (...numbers: number[]) => numbers.map((n) => ({ n }) as StatementLine)
const page = (...numbers: number[]): StatementPage => ({
  lines: lines(...numbers),
  more: true,
  kinds: ['gift'],
})
const shown = ({ lines: all, olderFrom }: NewestLines) => [all.map(({ n }) => n), olderFrom]

test('[WEB-195] the newest lines take the place of the last ones while no older are shown', () => {
  expect(shown(withNewest(undefined, page(9, 8, 7)))).toEqual([[9, 8, 7], undefined])
  const before = withNewest(undefined, page(9, 8, 7))
  expect(shown(withNewest(before, page(10, 9, 8)))).toEqual([[10, 9, 8], undefined])
})

test('[WEB-195] above older lines nothing is missing, and the older stay where they were', () => {
  const before = { ...page(9, 8, 7), olderFrom: 7 }
  const next = withNewest(before, page(11, 10, 9))
  expect(shown(next)).toEqual([[11, 10, 9, 8, 7], 7])
  expect(shown(withNewest(next, page(13, 12, 11)))).toEqual([[13, 12, 11, 10, 9, 8, 7], 7])
  expect(shown(withNewest(before, page(9, 8, 7)))).toEqual([[9, 8, 7], 7])
})

test('[WEB-195] where more came than a page holds, the statement begins anew', () => {
  const before = { ...page(9, 8, 7), olderFrom: 7 }
  expect(shown(withNewest(before, page(15, 14, 13)))).toEqual([[15, 14, 13], undefined])
})
