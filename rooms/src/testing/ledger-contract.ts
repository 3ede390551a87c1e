/** What every ledger must do: the same cases for the one in memory and the one in PostgreSQL. */
import { beforeEach, expect, test } from 'vitest'
import type { AccountRef, Ledger, Leg, Movement, TransferAsk } from '../wallet/ledger.ts'
import { type Currency, type TransferRefusalCode, walletLimits } from '../wallet/protocol.ts'
import { shareGift } from '../wallet/share-gift.ts'

export interface OpenLedger extends Ledger {
  /** Somebody with an account and no coins. */
  newPerson(): Promise<string>
  freeze(userId: string): Promise<void>
  balance(userId: string, currency?: Currency): Promise<number>
}

const user = (userId: string, currency: Currency = 'coin'): AccountRef => {
  return { kind: 'user', userId, currency }
}
const house = (kind: 'platform' | 'gateway' | 'issuer', currency: Currency = 'coin') => {
  return { kind, currency } satisfies AccountRef
}
const nobody = '00000000-0000-4000-8000-00000000dead'

let asks = 0
/** Each has an id of its own. */
function ask(movement: Movement, more: Partial<TransferAsk> = {}): TransferAsk {
  return { id: `ask-${(asks += 1)}`, by: 'contract', kind: 'test', movement, ...more }
}
const give = (from: AccountRef, to: AccountRef, amount: number, more?: Partial<TransferAsk>) =>
  ask({ do: 'post', legs: [{ from, to, amount }] }, more)
const hold = (from: AccountRef, amount: number, expiresAt: number) =>
  ask({ do: 'hold', from, amount, expiresAt })
const resolve = (holdId: string, to: readonly Omit<Leg, 'from'>[] = []) =>
  ask({ do: 'resolve', holdId, to })

export function ledgerContract(open: (now: () => number) => Promise<OpenLedger>): void {
  const clock = { at: 1_800_000_000_000 }
  let ledger: OpenLedger
  beforeEach(async () => {
    ledger = await open(() => clock.at)
  })

  const rich = async (coins: number, currency: Currency = 'coin') => {
    const id = await ledger.newPerson()
    const from = house(currency === 'coin' ? 'gateway' : 'issuer', currency)
    if (coins > 0) await post(give(from, user(id, currency), coins))
    return id
  }
  const post = async (one: TransferAsk) => {
    const outcome = await ledger.transfer(one)
    if ('refused' in outcome) throw new Error(`refused: ${outcome.refused}`)
    return outcome
  }
  const refusalOf = async (one: TransferAsk) => {
    const outcome = await ledger.transfer(one)
    return 'refused' in outcome ? outcome.refused : 'posted'
  }

  test('[LED-01] a transfer moves whole units once; asked again it gives its first answer', async () => {
    const [ann, bo] = [await rich(100), await rich(0)]
    const one = give(user(ann), user(bo), 30)
    const first = await post(one)
    await post(give(user(ann), user(bo), 5))
    clock.at += 1_000
    expect(await post(one)).toEqual({ receipt: first.receipt, isReplayed: true })
    expect(first).toMatchObject({ isReplayed: false, receipt: { kind: 'test' } })
    expect(first.receipt.balances).toEqual([
      { userId: ann, currency: 'coin', balance: 70, n: 2 },
      { userId: bo, currency: 'coin', balance: 30, n: 1 },
    ])
    expect([await ledger.balance(ann), await ledger.balance(bo)]).toEqual([65, 35])
  })

  test('[LED-02] an id stands for one content of one asker', async () => {
    const [ann, bo] = [await rich(100), await rich(0)]
    const one = give(user(ann), user(bo), 30, { details: { giftId: 'rose', quantity: 3 } })
    await post(one)
    expect(await refusalOf({ ...one, details: { giftId: 'comet', quantity: 3 } })).toBe('id_reused')
    const sorted = { ...one, details: { quantity: 3, giftId: 'rose' }, notes: { name: 'Ann' } }
    expect(await post(sorted)).toMatchObject({ isReplayed: true })
    expect(await post({ ...one, by: 'another' })).toMatchObject({ isReplayed: false })
    expect(await ledger.balance(ann)).toBe(40)
  })

  test('[LED-03] what is wrong first is the outcome, and nothing moves', async () => {
    const [ann, bo] = [await rich(100), await rich(0)]
    const frozen = await rich(50)
    await ledger.freeze(frozen)
    const bonus = await rich(60, 'bonus')
    const used = give(user(ann), user(bo), 1)
    await post(used)
    const max = walletLimits.amountMax
    const rows: [TransferAsk, TransferRefusalCode][] = [
      [{ ...used, kind: 'No kind', movement: { do: 'post', legs: [] } }, 'invalid_transfer'],
      [give(user(ann), user(bo), 1, { id: 'much too long '.repeat(9) }), 'invalid_transfer'],
      [give(user(ann), user(bo), 1, { details: { text: 'x'.repeat(1_100) } }), 'invalid_transfer'],
      [give(user(ann), user(bo), 1, { notes: { text: 'a\0' } }), 'invalid_transfer'],
      [give(user(ann), user(bo), max + 1, { id: used.id }), 'id_reused'],
      [give(user(ann), user(ann), 0), 'amount_out_of_bounds'],
      [give(user(ann), user(ann), 1.5), 'amount_out_of_bounds'],
      [give(user(ann), user(ann, 'hours'), max + 1), 'amount_out_of_bounds'],
      [resolve(nobody, [{ to: user(nobody, 'hours'), amount: 1 }]), 'unknown_hold'],
      [hold(user(nobody), 1, clock.at), 'hold_expired'],
      [give(user(ann), user(nobody, 'hours'), 1), 'currency_mismatch'],
      [give(user(nobody), user(nobody), 1), 'same_account'],
      [give(user(frozen), user(nobody), 1), 'unknown_account'],
      [give(user(frozen), user('Nobody'), 1), 'unknown_account'],
      [give(user(frozen), user(bo), 51), 'frozen_account'],
      [give(user(bonus, 'bonus'), user(bo, 'bonus'), 61), 'bonus_not_transferable'],
      [give(user(ann), user(bo), 100), 'insufficient_coins'],
      [give(user(bo), house('platform'), 2), 'insufficient_coins'],
    ]
    for (const [one, refusal] of rows) expect([one, await refusalOf(one)]).toEqual([one, refusal])
    const people = [ann, bo, frozen].map((id) => ledger.balance(id))
    expect(await Promise.all(people)).toEqual([99, 1, 50])
  })

  test('[PAY-10] what was bought goes back from a frozen account, and is not spent', async () => {
    const ann = await rich(100)
    await ledger.freeze(ann)
    await post(give(user(ann), house('gateway'), 40))
    expect(await ledger.balance(ann)).toBe(60)
    expect(await refusalOf(give(user(ann), house('platform'), 1))).toBe('frozen_account')
  })

  test('[LED-03] a refused transfer is not kept: once it can be, the same id posts', async () => {
    const [ann, bo] = [await rich(10), await rich(0)]
    const one = give(user(ann), user(bo), 11)
    expect(await refusalOf(one)).toBe('insufficient_coins')
    await post(give(house('gateway'), user(ann), 1))
    expect(await post(one)).toMatchObject({ isReplayed: false })
  })

  test('[LED-04] legs are posted together or not at all', async () => {
    const [ann, bo, cy] = [await rich(100), await rich(0), await rich(0)]
    const legs = (last: number): Leg[] => [
      { from: user(ann), to: user(bo), amount: 60 },
      { from: user(ann), to: user(cy), amount: last },
    ]
    expect(await refusalOf(ask({ do: 'post', legs: legs(41) }))).toBe('insufficient_coins')
    expect(await ledger.balance(bo)).toBe(0)
    await post(ask({ do: 'post', legs: legs(40) }))
    const people = [ann, bo, cy].map((id) => ledger.balance(id))
    expect(await Promise.all(people)).toEqual([0, 60, 40])
  })

  test('[LED-05] of a gift the creator gets their share and the remainder', async () => {
    const parts = (coins: number) =>
      shareGift({ from: 'a', to: 'b', coins, creatorShareBps: 7_000 }).map(({ amount }) => amount)
    expect([parts(1), parts(3), parts(10), parts(99_999)]).toEqual([
      [1],
      [3],
      [7, 3],
      [70_000, 29_999],
    ])
    const [ann, bo] = [await rich(100), await rich(0)]
    await post(
      ask({
        do: 'post',
        legs: shareGift({ from: ann, to: bo, coins: 99, creatorShareBps: 7_000 }),
      }),
    )
    expect([await ledger.balance(ann), await ledger.balance(bo)]).toEqual([1, 70])
  })

  test('[LED-06] bonus is spent at the house and never credits another person', async () => {
    const [ann, bo] = [await rich(50, 'bonus'), await rich(0)]
    await post(give(user(ann, 'bonus'), house('platform', 'bonus'), 10))
    const { receipt } = await post(hold(user(ann, 'bonus'), 20, clock.at + 1_000))
    const away = resolve(receipt.id, [{ to: user(bo, 'bonus'), amount: 1 }])
    expect(await refusalOf(away)).toBe('bonus_not_transferable')
    await post(resolve(receipt.id))
    expect(await ledger.balance(ann, 'bonus')).toBe(40)
  })

  test('[LED-07] what is held is given out once; what is left of it goes back', async () => {
    const [ann, bo, cy] = [await rich(100), await rich(0), await rich(0)]
    const { receipt } = await post(hold(user(ann), 80, clock.at + 1_000))
    expect(await refusalOf(give(user(ann), user(bo), 21))).toBe('insufficient_coins')
    const over = [{ to: user(bo), amount: 81 }]
    expect(await refusalOf(resolve(receipt.id, over))).toBe('hold_exceeded')
    const out = resolve(receipt.id, [
      { to: user(bo), amount: 30 },
      { to: user(cy), amount: 20 },
    ])
    const answers = await Promise.all([ledger.transfer(out), ledger.transfer(resolve(receipt.id))])
    expect(answers).toMatchObject([{ isReplayed: false }, { refused: 'hold_resolved' }])
    expect(await post(out)).toMatchObject({ isReplayed: true })
    const people = [ann, bo, cy].map((id) => ledger.balance(id))
    expect(await Promise.all(people)).toEqual([50, 30, 20])
  })

  test('[LED-07] a hold that has expired can only go back', async () => {
    const [ann, bo] = [await rich(100), await rich(0)]
    const { receipt } = await post(hold(user(ann), 80, clock.at + 1_000))
    clock.at += 1_000
    const late = resolve(receipt.id, [{ to: user(bo), amount: 1 }])
    expect(await refusalOf(late)).toBe('hold_expired')
    await post(resolve(receipt.id))
    expect(await ledger.balance(ann)).toBe(100)
  })

  test('[LED-08] sums of a stream grow with the transfer, numbered without a hole', async () => {
    const [ann, cy] = [await rich(1_000), await rich(1_000)]
    const [bo, stream, combo] = [await rich(0), nobody, '00000000-0000-4000-8000-00000000c0b0']
    const streamId = stream.replace('dead', (await ledger.newPerson()).slice(-4))
    const gift = (from: string, coins: number, units: number) =>
      give(user(from), user(bo), coins, {
        countedIn: { streamId, supporterId: from, combo: { id: combo, units } },
      })
    const sent = [gift(ann, 10, 1), gift(cy, 5, 1), gift(ann, 20, 2)]
    const outcomes = await Promise.all(sent.map((one) => ledger.transfer(one)))
    await ledger.transfer(gift(ann, 5_000, 9))
    const sums = outcomes.map((one) => ('receipt' in one ? one.receipt.stream : one))
    expect(sums).toEqual([
      { n: 1, coins: 10, supporterCoins: 10, comboUnits: 1 },
      { n: 2, coins: 15, supporterCoins: 5, comboUnits: 2 },
      { n: 3, coins: 35, supporterCoins: 30, comboUnits: 4 },
    ])
    expect(await post(sent[0] as TransferAsk)).toMatchObject({
      isReplayed: true,
      receipt: { stream: sums[0] },
    })
    const later = await post(gift(cy, 1, 1))
    expect(later.receipt.stream).toEqual({ n: 4, coins: 36, supporterCoins: 6, comboUnits: 5 })
  })

  test('[LED-09] who asks at the same time is decided in order and never below zero', async () => {
    const [ann, bo] = [await rich(50), await rich(0)]
    const all = Array.from({ length: 80 }, () => give(user(ann), user(bo), 1))
    const outcomes = await Promise.all([...all, all[0] as TransferAsk].map(ledger.transfer, ledger))
    const refused = outcomes.map((one) => ('refused' in one ? one.refused : 'posted'))
    expect(refused.slice(0, 50)).toEqual(Array.from({ length: 50 }, () => 'posted'))
    expect(refused.slice(50, 80)).toEqual(Array.from({ length: 30 }, () => 'insufficient_coins'))
    expect(outcomes[80]).toMatchObject({ isReplayed: true })
    expect([await ledger.balance(ann), await ledger.balance(bo)]).toEqual([0, 50])
  })
}
