/**
 * Who is live, for as long as a page shows it: at once from the list, then from the lobby, which
 * tells by itself. Until the lobby could be entered the list is read now and then.
 */
import type { ListedStream } from '@odeon/sdk'
import { useEffect, useMemo, useState } from 'react'
import { useLobby } from '../lobby/use-lobby.ts'
import { odeon } from '../session/odeon.ts'
import { cardOfListed, type LiveCard } from './live-card.ts'

export interface LiveList {
  /** `failed`: nothing could be had so far; it is tried again. */
  status: 'loading' | 'ready' | 'failed'
  cards: readonly LiveCard[]
  /** False while what is shown may be old. */
  isCurrent: boolean
}

/** Gentle: a page left open all day stays well below what an address may ask. */
const rereadMs = 15_000
const retryMs = 5_000
const listedMax = 100
const nobody: readonly LiveCard[] = []

interface Listing {
  streams: readonly ListedStream[] | undefined
  hasFailed: boolean
}

/** Over HTTP, as long as it `isWanted`: one answer is faster than a room's code and socket. */
function useListing(isWanted: boolean): Listing {
  const [listing, setListing] = useState<Listing>({ streams: undefined, hasFailed: false })
  useEffect(() => {
    if (!isWanted) return undefined
    let isGone = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async () => {
      let nextMs = rereadMs
      try {
        const { streams } = await odeon.lobby.live({ limit: listedMax })
        if (!isGone) setListing({ streams, hasFailed: false })
      } catch {
        nextMs = retryMs
        if (!isGone) setListing(({ streams }) => ({ streams, hasFailed: true }))
      }
      if (!isGone) timer = setTimeout(() => void read(), nextMs)
    }
    void read()
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [isWanted])
  return listing
}

export function useLiveList(): LiveList {
  const { status, lobby } = useLobby()
  const { streams, hasFailed } = useListing(lobby === undefined)
  const shown = lobby?.streams ?? streams
  const cards = useMemo(() => shown?.map(cardOfListed), [shown])
  if (!cards) return { status: hasFailed ? 'failed' : 'loading', cards: nobody, isCurrent: false }
  return { status: 'ready', cards, isCurrent: lobby ? status === 'live' : !hasFailed }
}
