import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ReadsBehind } from './reads-behind.ts'

const having = (coin: number) => ({ coin, bonus: 0, hours: 0 })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A page that shows what one has and two statements of it, one of them out of sight. */
async function open() {
  const queries = new QueryClient()
  const asked: string[] = []
  const show = (...queryKey: string[]) => {
    const queryFn = () => Promise.resolve(asked.push(queryKey.join(' ')))
    return new QueryObserver(queries, { queryKey, queryFn }).subscribe(() => undefined)
  }
  const hide = [show('wallet', 'ana'), show('statement', 'ana', 'coin'), show('wallet', 'bo')]
  await vi.advanceTimersByTimeAsync(0)
  asked.length = 0
  const reads = new ReadsBehind(queries, 'ana')
  const close = () => {
    reads.stop()
    for (const one of hide) one()
    queries.clear()
  }
  return { reads, asked, queries, close }
}

test('[WEB-195] however many gifts come, what moved is read every ten seconds and once behind', async () => {
  const { reads, asked, queries, close } = await open()
  const both = ['wallet ana', 'statement ana coin']
  reads.told(undefined)
  reads.told(having(0))
  reads.told(having(0))
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toEqual([])
  // Ten a second for 25 seconds: at 0, 10, 20 and, for those behind the last, at 30.
  for (let coin = 1; coin <= 250; coin += 1) {
    reads.told(having(coin))
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(asked).toEqual([...both, ...both, ...both])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toEqual([...both, ...both, ...both, ...both])
  // A balance makes no entry of its own.
  expect(queries.getQueryCache().getAll()).toHaveLength(3)
  close()
})

test('[WEB-195] a page that was left reads nothing', async () => {
  const { reads, asked, close } = await open()
  reads.told(having(1))
  reads.told(having(2))
  reads.stop()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toEqual([])
  close()
})
