import { expect, onTestFinished, test, vi } from 'vitest'
import { gather } from './gather.ts'

const usual = { asksMax: 3, loadsMax: 1, apartMs: 0, waitingMax: 4 }

function loads(bounds: Partial<typeof usual> = {}) {
  const seen: number[][] = []
  const open: (() => void)[] = []
  const ask = gather(
    async (asks: number[]) => {
      seen.push(asks)
      await new Promise<void>((resolve) => open.push(resolve))
      if (asks.includes(13)) throw new Error('thirteen')
      if (asks.includes(99)) throw new Error('away')
      return asks.map((one) => one * 10)
    },
    { ...usual, failsAll: (error) => String(error).includes('away'), ...bounds },
  )
  const release = async () => {
    open.shift()?.()
    await new Promise(setImmediate)
  }
  return { seen, ask, release }
}

test('[ACC-29] an ask alone goes at once; those meanwhile go together, within the bound', async () => {
  const { seen, ask, release } = loads()
  const answers = Promise.all([1, 2, 3, 4, 5].map(ask))
  expect(seen).toEqual([[1]])
  await release()
  expect(seen).toEqual([[1], [2, 3, 4]])
  await release()
  await release()
  expect(await answers).toEqual([10, 20, 30, 40, 50])
  expect(seen).toEqual([[1], [2, 3, 4], [5]])
})

test('[ACC-29] an ask that cannot be answered fails alone', async () => {
  const { ask, release } = loads()
  const answers = Promise.allSettled([1, 2, 13, 4].map(ask))
  for (let n = 0; n < 5; n += 1) await release()
  expect((await answers).map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
})

test('[ACC-29] of a crowd, loads begin apart; a full one does not wait', async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const { seen, ask } = loads({ loadsMax: 9, apartMs: 20 })
  void Promise.all([1, 2, 3].map(ask))
  expect(seen).toEqual([[1]])
  await vi.advanceTimersByTimeAsync(19)
  expect(seen).toEqual([[1]])
  await vi.advanceTimersByTimeAsync(2)
  expect(seen).toEqual([[1], [2, 3]])
  void Promise.all([4, 5, 6].map(ask))
  expect(seen).toEqual([[1], [2, 3], [4, 5, 6]])
})

test('[ACC-29] when the database is away all asks fail at once, and no more wait than may', async () => {
  const { seen, ask, release } = loads()
  const answers = Promise.allSettled([1, 99, 3, 4, 5, 6].map(ask))
  for (let n = 0; n < 3; n += 1) await release()
  const of = (await answers).map((one) =>
    one.status === 'rejected' ? String(one.reason) : one.value,
  )
  expect(of).toEqual([
    10,
    'Error: away',
    'Error: away',
    'Error: away',
    50,
    expect.stringMatching('Too many'),
  ])
  expect(seen).toEqual([[1], [99, 3, 4], [5]])
})
