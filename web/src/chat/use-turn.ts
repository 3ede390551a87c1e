/** Whether it is this person's turn to speak: slow mode, mutes and modes as they stand now. */
import { chatLimits, type ChatModes, hasPrivilege } from '@odeon/rooms/protocol'
import type { LiveConnection, Sanction, You } from '@odeon/sdk'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { useOwnFeedVersion } from './use-feed-version.ts'
import type { ChatFeed } from './chat-feed.ts'

export interface Turn {
  modes: ChatModes
  you: You
  isCrew: boolean
  sanction: Sanction | null
  /** Unix ms at which slow mode lets the next line through; in the past when it does now. */
  freeAtMs: number
  slowSeconds: number
  /** The longest line this person may send. */
  charsMax: number
  /** Why nothing may be said although no sanction stands; null when it may. */
  barred: 'not_following' | 'followed_too_short' | 'subscribers' | null
  /** When `followed_too_short` ends, Unix ms. */
  mayFromMs: number
  /** Unix ms; before the moments above until they have come. */
  now: number
}

export function useYou(room: LiveConnection): You {
  return useSyncExternalStore(room.onYou, () => room.you)
}

export function useChatModes(room: LiveConnection): ChatModes {
  return useRoomState(room, (state) => state.chat)
}

/** The present moment, as far as these moments are concerned: it moves on when one has come. */
export function useNowBy(...momentsMs: number[]): number {
  const [now, setNow] = useState(() => Date.now())
  const next = Math.min(...momentsMs.filter((atMs) => atMs > now))
  useEffect(() => {
    const leftMs = next - Date.now()
    // Longer than a timer can be: whoever stays that long is told by the room.
    if (leftMs > 2 ** 31 - 1) return
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, leftMs) + 20)
    return () => clearTimeout(timer)
  }, [next])
  return now
}

export function useTurn(feed: ChatFeed): Turn {
  const { room } = feed
  useOwnFeedVersion(feed)
  const modes = useChatModes(room)
  const you = useYou(room)
  const { sanction, isVip, followedAt } = you.standing
  const isCrew = you.role !== 'viewer'
  const today = useNowBy(you.standing.tier?.until ?? 0)
  const isUnhurried = isCrew || hasPrivilege(you.standing, 'slow_mode_exempt', today)
  const slowSeconds = isUnhurried ? 0 : modes.slowSeconds
  const { textCharsMax, longTextCharsMax } = chatLimits
  const charsMax = hasPrivilege(you.standing, 'long_message', today)
    ? longTextCharsMax
    : textCharsMax
  const freeAtMs = slowSeconds === 0 ? 0 : feed.lastOwnAtMs + slowSeconds * 1_000
  const mayFromMs = followedAt === null ? 0 : followedAt + modes.followersMinutes * 60_000
  const now = useNowBy(freeAtMs, mayFromMs, sanction?.until ?? 0)
  const isOver = sanction?.until != null && sanction.until <= now
  const barred = (): Turn['barred'] => {
    if (isCrew) return null
    if (modes.subscribersOnly && !isVip) return 'subscribers'
    if (modes.followersMinutes < 0) return null
    if (followedAt === null) return 'not_following'
    return mayFromMs > now ? 'followed_too_short' : null
  }
  return {
    modes,
    you,
    isCrew,
    sanction: isOver ? null : sanction,
    freeAtMs,
    slowSeconds,
    charsMax,
    barred: barred(),
    mayFromMs,
    now,
  }
}
