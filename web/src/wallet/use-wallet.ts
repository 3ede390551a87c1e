/** What one has, live, for components; undefined until it is known, and for guests. */
import { useEffect, useSyncExternalStore } from 'react'
import { useKeptRoom } from '../lobby/use-kept-room.ts'
import { onOwnRoom, ownRoom } from '../me/own-room.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { type Holdings, WalletBook } from './wallet-book.ts'

export const ownWallet = new WalletBook(() => odeon.wallet.balance())

onOwnRoom(
  (room) =>
    void room.onChange(
      (state) => state.wallet,
      (wallet) => ownWallet.told(wallet),
    ),
)
odeon.auth.onChange((user, before) => {
  if (user?.id !== before?.id) ownWallet.clear()
})

export function useWallet(): Holdings | undefined {
  const { me } = useSession()
  const isAccount = me?.kind === 'account'
  const { status } = useKeptRoom(ownRoom, isAccount)
  const holdings = useSyncExternalStore(ownWallet.subscribe, ownWallet.holdings)
  useEffect(() => {
    // Once more after each absence. Should it fail, the room says it a moment later.
    if (isAccount && status === 'live') void ownWallet.refresh().catch(() => undefined)
  }, [isAccount, status, me?.id])
  return isAccount ? holdings : undefined
}
