/** What can be bought, cheapest first. Coins follow from the price, by one rate a currency. */
import type { CoinPack, FiatCurrency } from '@odeon/rooms'
import type { PaymentRow } from './gateway.ts'

/** For one unit of the currency, which is 100 of its minor units: NPR 10 are 500 coins. */
export const coinsPerUnit: Readonly<Record<FiatCurrency, number>> = { NPR: 50, USD: 6_500 }

const pricesMinor: Readonly<Record<FiatCurrency, readonly number[]>> = {
  NPR: [1_000, 5_000, 10_000, 50_000, 100_000],
  USD: [99, 499, 999, 4_999],
}

const pack = (currency: FiatCurrency, amount: number): CoinPack => ({
  id: `${currency.toLowerCase()}_${amount}`,
  coins: Math.floor((amount * coinsPerUnit[currency]) / 100),
  currency,
  amount,
})

export const housePacks: readonly CoinPack[] = (['NPR', 'USD'] as const).flatMap((currency) =>
  pricesMinor[currency].map((amount) => pack(currency, amount)),
)

type Terms = Pick<PaymentRow, 'packId' | 'coins' | 'amount' | 'currency'>

/** Whether a payment's pack is still sold, for the same price and with the same coins. */
export const isSoldSo = (
  packs: readonly CoinPack[],
  { packId, coins, amount, currency }: Terms,
): boolean =>
  packs.some(
    (pack) =>
      pack.id === packId &&
      pack.coins === coins &&
      pack.amount === amount &&
      pack.currency === currency,
  )
