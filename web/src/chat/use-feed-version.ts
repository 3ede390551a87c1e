/** Draws again whenever the feed has changed, or only when more than others' lines came. */
import { useSyncExternalStore } from 'react'
import type { ChatFeed } from './chat-feed.ts'

export function useFeedVersion(feed: ChatFeed): number {
  return useSyncExternalStore(feed.subscribe, feed.version)
}

export function useOwnFeedVersion(feed: ChatFeed): number {
  return useSyncExternalStore(feed.subscribe, feed.ownVersion)
}
