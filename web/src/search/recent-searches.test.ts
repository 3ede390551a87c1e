import { expect, test } from 'vitest'
import { recentLimits, withSearch } from './recent-searches.ts'

test('[WEB-65] recent searches: the newest first, each once, few and short', () => {
  expect(withSearch(['jazz', 'Maya'], ' maya ')).toEqual(['maya', 'jazz'])
  expect(withSearch(['jazz'], '   ')).toEqual(['jazz'])
  const many = Array.from({ length: 20 }, (_, index) => `search ${index}`)
  const kept = many.reduce<string[]>(withSearch, [])
  expect(kept).toHaveLength(recentLimits.keptMax)
  expect(kept[0]).toBe('search 19')
  expect(withSearch([], 'x'.repeat(500))[0]).toHaveLength(recentLimits.charsMax)
})
