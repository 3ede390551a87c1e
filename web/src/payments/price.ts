/** A price as people read it: `Rs 10`, `$0.99`. */
import type { CoinPack } from '@odeon/sdk'

export function priceOf({ currency, amount }: Pick<CoinPack, 'currency' | 'amount'>, of: string) {
  const isWhole = amount % 100 === 0
  return new Intl.NumberFormat(of, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: isWhole ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(amount / 100)
}
