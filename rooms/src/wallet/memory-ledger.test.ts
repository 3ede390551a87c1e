// The ledger in memory keeps the contract of all ledgers.
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { ledgerContract } from '../testing/ledger-contract.ts'
import { MemoryLedger } from './memory-ledger.ts'

ledgerContract(async (now) => {
  const people = new Set<string>()
  const ledger = new MemoryLedger({ now, isPerson: (userId) => people.has(userId) })
  return {
    transfer: (ask) => ledger.transfer(ask),
    async newPerson() {
      const id = randomUUID()
      people.add(id)
      return id
    },
    freeze: async (userId) => ledger.freeze(userId),
    balance: async (userId, currency) => ledger.balance(userId, currency),
  }
})

it('[LED-10] all accounts of a currency sum to zero', async () => {
  const ledger = new MemoryLedger({ now: () => 1 })
  const userId = randomUUID()
  const legs = [
    {
      from: { kind: 'gateway', currency: 'coin' } as const,
      to: { kind: 'user', userId, currency: 'coin' } as const,
      amount: 500,
    },
  ]
  await ledger.transfer({ id: 'one', by: 'x', kind: 'topup', movement: { do: 'post', legs } })
  expect(ledger.accounts().map(({ balance }) => balance)).toEqual([-500, 500])
})
