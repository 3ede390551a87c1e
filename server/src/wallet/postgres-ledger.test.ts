// The ledger in PostgreSQL keeps the contract of all ledgers, and what only a database can promise.
import { ledgerContract } from '@odeon/rooms/ledger-contract'
import { beforeEach, describe, expect, it } from 'vitest'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { postgresLedger } from './postgres-ledger.ts'
import { balanceOf, newPeople } from './testing/wallet-people.ts'

const database = await testDatabase()
const { sql } = database

describe('contract', () => {
  ledgerContract(async (now) => {
    const ledger = postgresLedger({ database, now, log: quietLog })
    return {
      transfer: (ask) => ledger.transfer(ask),
      newPerson: async () => (await newPeople(sql, 1))[0] as string,
      freeze: async (userId) => {
        await sql`update ledger_accounts set frozen_at = now() where owner = ${userId}`
      },
      balance: (userId, currency) => balanceOf(sql, userId, currency),
    }
  })
})

describe('in the database', () => {
  let [ann, bo] = ['', '']
  const ledger = postgresLedger({ database, now: Date.now, log: quietLog })
  const topUp = (userId: string, amount: number) => ({
    id: `top-up-${userId}`,
    by: 'test',
    kind: 'topup',
    movement: {
      do: 'post' as const,
      legs: [
        {
          from: { kind: 'gateway' as const, currency: 'coin' as const },
          to: { kind: 'user' as const, userId, currency: 'coin' as const },
          amount,
        },
      ],
    },
  })
  beforeEach(async () => {
    ;[ann, bo] = (await newPeople(sql, 2)) as [string, string]
    await ledger.transfer(topUp(ann, 100))
  })

  it('[LED-11] what is posted cannot be edited, deleted or emptied', async () => {
    const final = expect.objectContaining({ code: '23001' })
    await expect(sql`update ledger_transfers set amount = 1`).rejects.toEqual(final)
    await expect(sql`delete from ledger_transfers`).rejects.toEqual(final)
    await expect(sql`truncate ledger_transfers cascade`).rejects.toEqual(final)
    await expect(sql`update ledger_postings set amount = 1`).rejects.toEqual(final)
    await expect(sql`delete from ledger_postings`).rejects.toEqual(final)
    await expect(sql`truncate ledger_postings`).rejects.toEqual(final)
  })

  it('[LED-11] the database itself refuses a balance below zero and legs that do not sum to zero', async () => {
    const below = sql`update ledger_accounts set balance = -1 where owner = ${ann}`
    await expect(below).rejects.toThrow('ledger_accounts_not_below_zero')
    const lone = sql`
      insert into ledger_postings
      select id, entries + 1, gen_random_uuid(), 5, balance + 5, 'earned', id
      from ledger_accounts where owner = ${ann}`
    await expect(lone).rejects.toThrow('does not sum to zero')
    expect(await balanceOf(sql, ann)).toBe(100)
  })

  it('[LED-12] each posted transfer leaves one event, a refused one none', async () => {
    const events = () => sql`select from ledger_outbox`
    const before = (await events()).length
    await ledger.transfer(topUp(bo, 5))
    await ledger.transfer(topUp(bo, 5))
    await ledger.transfer(topUp(bo, 6))
    expect((await events()).length).toBe(before + 1)
  })

  it('[LED-13] more than may wait is refused as ledger_busy, and may be asked again', async () => {
    const narrow = postgresLedger({
      database,
      now: Date.now,
      log: quietLog,
      limits: { waitingMax: 2, batchMax: 1 },
    })
    const asks = (await newPeople(sql, 6)).map((userId) => topUp(userId, 7))
    const outcomes = await Promise.all(asks.map((one) => narrow.transfer(one)))
    const busy = outcomes.filter((one) => 'refused' in one && one.refused === 'ledger_busy')
    expect(busy).toHaveLength(3)
    for (const one of asks) expect(await narrow.transfer(one)).toHaveProperty('receipt')
  })

  it('[LED-09] processes that give crosswise neither lock each other out nor lose a coin', async () => {
    const people = await newPeople(sql, 6)
    for (const userId of people) await ledger.transfer(topUp(userId, 1_000))
    const houses = [0, 1, 2, 3].map((stripe) =>
      postgresLedger({ database, now: Date.now, log: quietLog, stripe: stripe % 2 }),
    )
    let turn = 0
    const gives = houses.flatMap((house, at) =>
      Array.from({ length: 150 }, () => {
        turn += 1
        const from = people[(turn * (at + 1)) % 6] as string
        const to = people[(turn * (at + 1) + 1 + (turn % 5)) % 6] as string
        const { movement } = topUp(to, 3)
        const legs = [{ ...movement.legs[0], from: { ...movement.legs[0]?.to, userId: from } }]
        const id = `cross-${turn}-${from}`
        return house.transfer({ id, by: 'x', kind: 'tip', movement: { do: 'post', legs } as never })
      }),
    )
    const outcomes = await Promise.all(gives)
    expect(outcomes.filter((one) => 'refused' in one)).toEqual([])
    const balances = await Promise.all(people.map((id) => balanceOf(sql, id)))
    expect(balances.reduce((sum, one) => sum + one)).toBe(6_000)
  })
})
