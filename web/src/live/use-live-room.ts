/**
 * Being in a room: enters as whoever is here, as a guest when nobody is, tries again while the
 * server is away, and says by name why it may not.
 */
import { type LiveConnection, type Me, Refusal } from '@odeon/sdk'
import { useCallback, useEffect, useState } from 'react'
import { ChatFeed } from '../chat/chat-feed.ts'
import { odeon } from '../session/odeon.ts'
import { sessionKnown, useSession } from '../session/use-session.ts'

export interface Presence {
  room: LiveConnection
  feed: ChatFeed
}

export type Visit =
  | { status: 'entering' }
  | { status: 'in'; presence: Presence }
  | { status: 'refused'; code: string; message: string }
  | { status: 'away'; retryAtMs: number }

const retryFirstMs = 1_000
const retryLongestMs = 30_000

/** The same person under the same name needs no new seat. */
function identityOf(me: Me | null): string {
  return me ? `${me.id} ${me.kind} ${me.name}` : ''
}

export function useLiveRoom(streamId: string): { visit: Visit; enterAgain: () => void } {
  const { me, isStarting } = useSession()
  const [visit, setVisit] = useState<Visit>({ status: 'entering' })
  const [round, setRound] = useState(0)
  const identity = identityOf(me)
  const enterAgain = useCallback(() => setRound((now) => now + 1), [])

  useEffect(() => {
    if (isStarting) return
    let isGone = false
    let presence: Presence | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let attempt = 0

    const enter = async () => {
      try {
        const entered = await enterRoom(streamId)
        // Signing in as a guest changed who is here: the next effect enters.
        if (!entered) return
        if (isGone) return leave(entered)
        presence = entered
        setVisit({ status: 'in', presence: entered })
      } catch (error) {
        if (isGone) return
        if (error instanceof Refusal && !isPassing(error)) {
          setVisit({ status: 'refused', code: error.code, message: error.message })
          return
        }
        const pauseMs = Math.min(retryLongestMs, retryFirstMs * 2 ** attempt++)
        const waitMs = Math.max(pauseMs, (error instanceof Refusal && error.retryAfterMs) || 0)
        setVisit({ status: 'away', retryAtMs: Date.now() + waitMs })
        timer = setTimeout(() => void enter(), waitMs)
      }
    }
    void enter()
    return () => {
      isGone = true
      clearTimeout(timer)
      if (presence) leave(presence)
    }
    // `identity` stands for `me`: a new name or person takes a new seat.
  }, [streamId, identity, isStarting, round])

  return { visit, enterAgain }
}

/** Undefined when a guest was made instead. */
async function enterRoom(streamId: string): Promise<Presence | undefined> {
  // Looked up first: nobody becomes a guest or takes a seat for what is over or never was.
  const [stream] = await Promise.all([odeon.streams.get(streamId), sessionKnown])
  if (stream.phase === 'ended') throw new Refusal({ code: 'ended', message: stream.title })
  if (!odeon.auth.user) {
    await guestOnce()
    return undefined
  }
  const room = await odeon.live.join(streamId)
  return { room, feed: new ChatFeed(room) }
}

let guesting: Promise<unknown> | undefined
/** Two effects of one page must not become two guests. */
function guestOnce(): Promise<unknown> {
  guesting ??= odeon.auth.guest().finally(() => {
    guesting = undefined
  })
  return guesting
}

function leave({ room, feed }: Presence): void {
  feed.close()
  void room.leave()
}

const passing: ReadonlySet<string> = new Set([
  'busy',
  'rate_limited',
  'too_many_seats',
  'unavailable',
])

function isPassing(error: Refusal): boolean {
  return passing.has(error.code)
}
