/** Draws again whenever the feed has changed. */
import { useSyncExternalStore } from 'react'
import type { ChatFeed } from './chat-feed.ts'

export function useFeedVersion(feed: ChatFeed): number {
  return useSyncExternalStore(feed.subscribe, feed.version)
}
