import { expect, test } from 'vitest'
import { ExpiringCache } from './expiring-cache.ts'

function cache(entriesMax = 10) {
  const clock = { now: 0 }
  let loads = 0
  const kept = new ExpiringCache<string, number>({ ttlMs: 100, entriesMax, now: () => clock.now })
  return { clock, kept, load: async () => (loads += 1) }
}

test('[HTP-22] a value is loaded once and again when its time is over', async () => {
  const { clock, kept, load } = cache()
  expect(await Promise.all([kept.get('a', load), kept.get('a', load)])).toEqual([1, 1])
  clock.now = 99
  expect(await kept.get('a', load)).toBe(1)
  clock.now = 100
  expect(await kept.get('a', load)).toBe(2)
})

test('[HTP-22] what was read before a change is not kept after it', async () => {
  const { kept, load } = cache()
  const slow = Promise.withResolvers<number>()
  const reading = kept.get('a', () => slow.promise)
  kept.delete('a')
  const fresh = kept.get('a', load)
  slow.resolve(99)
  expect(await reading).toBe(99)
  expect(await fresh).toBe(1)
  expect(await kept.get('a', load)).toBe(1)
})

test('[HTP-22] the oldest goes when it is full, and a failed load is forgotten', async () => {
  const { kept, load } = cache(2)
  for (const key of ['a', 'b', 'c']) await kept.get(key, load)
  expect(await kept.get('b', load)).toBe(2)
  expect(await kept.get('a', load)).toBe(4)
  const failing = kept.get('d', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await kept.get('d', load)).toBe(5)
})
