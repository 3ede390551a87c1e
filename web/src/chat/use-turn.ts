/** Whether it is this person's turn to speak: slow mode, mutes and modes as they stand now. */
import type { ChatModes } from '@odeon/rooms/protocol'
import type { LiveConnection, Sanction, You } from '@odeon/sdk'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { useFeedVersion } from './chat-list.tsx'
import type { ChatFeed } from './chat-feed.ts'

export interface Turn {
  modes: ChatModes
  you: You
  isCrew: boolean
  sanction: Sanction | null
  /** Unix ms at which slow mode lets the next line through; in the past when it does now. */
  freeAtMs: number
  slowSeconds: number
  /** Why nothing may be said although no sanction stands; null when it may. */
  barred: 'not_following' | 'followed_too_short' | 'subscribers' | null
  /** When `followed_too_short` ends, Unix ms. */
  mayFromMs: number
}

export function useYou(room: LiveConnection): You {
  return useSyncExternalStore(room.onYou, () => room.you)
}

export function useChatModes(room: LiveConnection): ChatModes {
  return useRoomState(room, (state) => state.chat)
}

/** Renders again when the moment has come. */
export function useMoment(atMs: number): void {
  const [, setPassed] = useState(0)
  useEffect(() => {
    const leftMs = atMs - Date.now()
    // Longer than a timer can be: whoever stays that long is told by the room.
    if (leftMs <= 0 || leftMs > 2 ** 31 - 1) return
    const timer = setTimeout(() => setPassed((count) => count + 1), leftMs + 20)
    return () => clearTimeout(timer)
  }, [atMs])
}

export function useTurn(feed: ChatFeed): Turn {
  const { room } = feed
  useFeedVersion(feed)
  const modes = useChatModes(room)
  const you = useYou(room)
  const { sanction, isVip, followedAt } = you.standing
  const isCrew = you.role !== 'viewer'
  const slowSeconds = isCrew || isVip ? 0 : modes.slowSeconds
  const freeAtMs = slowSeconds === 0 ? 0 : feed.lastOwnAtMs + slowSeconds * 1_000
  const { barred, mayFromMs } = isCrew ? free : barrier(modes, { isVip, followedAt })
  useMoment(freeAtMs)
  useMoment(mayFromMs)
  useMoment(sanction?.until ?? 0)
  const isOver = sanction?.until != null && sanction.until <= Date.now()
  return {
    modes,
    you,
    isCrew,
    sanction: isOver ? null : sanction,
    freeAtMs,
    slowSeconds,
    barred,
    mayFromMs,
  }
}

const free = { barred: null, mayFromMs: 0 } as const

function barrier(
  { followersMinutes, subscribersOnly }: ChatModes,
  { isVip, followedAt }: { isVip: boolean; followedAt: number | null },
): Pick<Turn, 'barred' | 'mayFromMs'> {
  if (subscribersOnly && !isVip) return { barred: 'subscribers', mayFromMs: 0 }
  if (followersMinutes < 0) return free
  if (followedAt === null) return { barred: 'not_following', mayFromMs: 0 }
  const mayFromMs = followedAt + followersMinutes * 60_000
  return mayFromMs > Date.now() ? { barred: 'followed_too_short', mayFromMs } : free
}
