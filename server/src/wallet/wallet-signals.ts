/** Tells the personal room of somebody, in whatever process, what they have now. */
import type { BalanceNow, Logger, Receipt } from '@odeon/rooms/ports'
import type { Presence } from '../lobby/directory.ts'

export interface WalletSignals {
  /** Of several balances of one account the newest is told. */
  tell(receipts: Iterable<Pick<Receipt, 'balances'>>): void
  subscribe(userId: string, listener: (now: BalanceNow) => void): () => void
}

export function walletSignals(presence: Presence, log: Logger): WalletSignals {
  const topicOf = (userId: string) => `odeon.wallet.${userId}`
  const attempt = (work: () => unknown) =>
    void Promise.resolve()
      .then(work)
      .catch((err: unknown) => log.warn({ err }, 'an open room was not told of a balance'))
  return {
    tell(receipts) {
      const newest = new Map<string, Receipt['balances'][number]>()
      for (const { balances } of receipts) {
        for (const one of balances) {
          const key = `${one.userId}:${one.currency}`
          if (one.n > (newest.get(key)?.n ?? 0)) newest.set(key, one)
        }
      }
      for (const { userId, ...now } of newest.values()) {
        attempt(() => presence.publish(topicOf(userId), now))
      }
    },
    subscribe(userId, listener) {
      const hear = (now: unknown) => listener(now as BalanceNow)
      attempt(() => presence.subscribe(topicOf(userId), hear))
      return () => attempt(() => presence.unsubscribe(topicOf(userId), hear))
    },
  }
}
