/** Coins one has; what is on its way is as good as gone. Undefined while it is not known. */
import type { ChatFeed } from '../chat/chat-feed.ts'
import { useOwnFeedVersion } from '../chat/use-feed-version.ts'
import { useWallet } from '../wallet/use-wallet.ts'

export function useCoinsLeft(feed: ChatFeed): number | undefined {
  const holdings = useWallet()
  useOwnFeedVersion(feed)
  return holdings && Math.max(0, holdings.coin - feed.gifts.coinsUnderway)
}
