/** Amounts as people read them: with the currency's decimals, and a sign where they move. */
import { currencyDecimals } from '@odeon/rooms/protocol'
import type { Currency } from '@odeon/sdk'

export function amountOf(minor: number, currency: Currency, language: string): string {
  const digits = currencyDecimals[currency]
  return new Intl.NumberFormat(language, { minimumFractionDigits: digits }).format(
    minor / 10 ** digits,
  )
}

/** `+210`, `−300`: with the sign of mathematics, which is as wide as a plus. */
export function movedOf(minor: number, currency: Currency, language: string): string {
  const sign = minor < 0 ? '−' : '+'
  return sign + amountOf(Math.abs(minor), currency, language)
}
