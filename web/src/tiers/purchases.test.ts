import { Refusal, Unavailable } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { Purchases } from './purchases.ts'

function open() {
  let ids = 0
  const asked: string[] = []
  const purchases = new Purchases(() => `id-${(ids += 1)}`)
  const buy = (level: number, outcome?: Error) =>
    purchases
      .buy(level, (requestId) => {
        asked.push(requestId)
        return outcome ? Promise.reject(outcome) : Promise.resolve('bought')
      })
      .catch((error: unknown) => (error as Error).name)
  return { asked, purchases, buy }
}
const refusal = (code: string, retryAfterMs?: number) =>
  new Refusal({ code, message: code, retryAfterMs })

test('[OG-13] what nobody answered keeps its id, each tier its own, until an answer comes', async () => {
  const { asked, purchases, buy } = open()
  expect(await buy(1, new Unavailable('deadline'))).toBe('Unavailable')
  expect([purchases.isUnsure(1), purchases.isUnsure(2)]).toEqual([true, false])
  await buy(2)
  await buy(1, new Unavailable('network'))
  expect(await buy(1)).toBe('bought')
  expect(purchases.isUnsure(1)).toBe(false)
  await buy(1)
  expect(asked).toEqual(['id-1', 'id-2', 'id-1', 'id-1', 'id-3'])
})

test('[OG-13] a refusal is an answer, unless it says to ask later', async () => {
  const { asked, purchases, buy } = open()
  await buy(1, new Unavailable('deadline'))
  expect(await buy(1, refusal('rate_limited', 1_000))).toBe('Refusal')
  expect(purchases.isUnsure(1)).toBe(true)
  await buy(1, refusal('insufficient_coins'))
  expect(purchases.isUnsure(1)).toBe(false)
  await buy(1)
  expect(asked).toEqual(['id-1', 'id-1', 'id-1', 'id-2'])
})
