// Balances of a personal room follow the ledger, whatever order they are told in.
import { expect, it } from 'vitest'
import { WalletFollower } from './follow-wallet.ts'
import type { BalanceNow } from './ledger.ts'
import { Wallet } from './state.ts'

function follow(read: () => BalanceNow[]) {
  const wallet = new Wallet()
  let hear: (now: BalanceNow) => void = () => {}
  const seen = { changes: 0, failures: 0 }
  const follower = new WalletFollower({
    ownerId: 'ann',
    watch: {
      balances: async () => read(),
      subscribe: (_userId, listener) => {
        hear = listener
        return () => {}
      },
    },
    wallet: () => wallet,
    changed: () => void (seen.changes += 1),
    failed: () => void (seen.failures += 1),
  })
  const tell = (n: number, balance: number) => hear({ currency: 'coin', balance, n })
  return { wallet, follower, seen, tell }
}

it('[LED-16] a balance told late or twice does not undo a newer one', async () => {
  const { wallet, follower, seen, tell } = follow(() => [{ currency: 'coin', balance: 50, n: 2 }])
  tell(3, 40)
  await follower.beat()
  tell(2, 50)
  tell(3, 40)
  expect([wallet.coin, seen.changes]).toEqual([40, 1])
  tell(5, 10)
  tell(4, 20)
  expect([wallet.coin, wallet.bonus, seen.changes]).toEqual([10, 0, 2])
})

it('[LED-16] balances that could not be read are read at a later beat', async () => {
  let isAway = true
  const { wallet, follower, seen } = follow(() => {
    if (isAway) throw new Error('no database')
    return [{ currency: 'hours', balance: 12_450, n: 1 }]
  })
  await follower.beat()
  expect([wallet.hours, seen.failures]).toEqual([0, 1])
  isAway = false
  await follower.beat()
  expect(wallet.hours).toBe(12_450)
  follower.stop()
})
