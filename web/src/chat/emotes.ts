/** The emotes of a channel and of the house, and those this reader used lately. */
import { type Emote, emoteUrl as pictureUrl, type LiveConnection } from '@odeon/sdk'
import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { useRoomState } from '../live/use-room-state.ts'
import { odeon } from '../session/odeon.ts'

const recentMax = 16

/** Sharp on dense screens and small on the way. */
export function emoteUrl(id: string): string {
  return pictureUrl(id, 56)
}

export interface EmotesView {
  emotes: readonly Emote[]
  isLoading: boolean
  hasFailed: boolean
  retry: () => void
}

const none: readonly Emote[] = []

/** Read anew whenever the room says that they changed. */
export function useEmotes(room: LiveConnection): EmotesView {
  const handle = useRoomState(room, (state) => state.channel)
  const version = useRoomState(room, (state) => state.chat.emotesVersion)
  const query = useQuery({
    queryKey: ['emotes', handle, version],
    queryFn: () => odeon.channels.emotes(handle),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  })
  return {
    emotes: query.data ?? none,
    isLoading: query.isPending,
    hasFailed: query.isError,
    retry: () => void query.refetch(),
  }
}

const key = 'odeon.emotes'
const listeners = new Set<() => void>()
let recent: readonly string[] | undefined

function recentCodes(): readonly string[] {
  recent ??= readCodes(localStorage.getItem(key))
  return recent
}

function readCodes(kept: string | null): string[] {
  const codes = (kept ?? '').split(' ').filter((code) => /^\w{1,24}$/.test(code))
  return codes.slice(0, recentMax)
}

export function rememberEmotes(text: string): void {
  const used = [...text.matchAll(/:(\w{1,24}):/g)].map(([, code = '']) => code)
  if (used.length === 0) return
  recent = [...new Set([...used.toReversed(), ...recentCodes()])].slice(0, recentMax)
  localStorage.setItem(key, recent.join(' '))
  for (const listener of listeners) listener()
}

/** Codes used lately in this browser, the last one first. */
export function useRecentEmotes(): readonly string[] {
  return useSyncExternalStore((changed) => {
    listeners.add(changed)
    return () => listeners.delete(changed)
  }, recentCodes)
}
