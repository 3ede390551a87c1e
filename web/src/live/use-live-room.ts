/**
 * Being in a room: enters as whoever is here, as a guest when nobody is, tries again while the
 * server is away, and says by name why it may not.
 */
import {
  type AudioConnection,
  type LiveConnection,
  type Me,
  Refusal,
  type Stream,
} from '@odeon/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { ChatFeed } from '../chat/chat-feed.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'

export type Presence = { feed: ChatFeed } & (
  | { medium: 'video'; room: LiveConnection }
  | { medium: 'audio'; room: AudioConnection }
)

export type Visit =
  | { status: 'entering' }
  | { status: 'in'; presence: Presence }
  | { status: 'refused'; code: string; message: string }
  | { status: 'away'; retryAtMs: number; refusal?: Refusal | undefined }

const retryFirstMs = 1_000
const retryLongestMs = 30_000
/** A record this young needs no second reading before entering. */
const freshMs = 5_000

/** The same person under the same name needs no new seat. */
function identityOf(me: Me | null): string {
  return me ? `${me.id} ${me.kind} ${me.name}` : ''
}

export function useLiveRoom(streamId: string): { visit: Visit; enterAgain: () => void } {
  const { me, isStarting } = useSession()
  const queries = useQueryClient()
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

    const find = () =>
      queries.fetchQuery({
        queryKey: ['stream', streamId],
        queryFn: () => odeon.streams.get(streamId),
        staleTime: freshMs,
        retry: false,
      })
    const enter = async () => {
      try {
        const entered = await enterRoom(streamId, find)
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
        const refusal = error instanceof Refusal ? error : undefined
        const waitMs = Math.max(pauseMs, refusal?.retryAfterMs ?? 0)
        setVisit({ status: 'away', retryAtMs: Date.now() + waitMs, refusal })
        timer = setTimeout(() => void enter(), waitMs)
      }
    }
    void enter()
    // A window that is closed counts no longer; one whose person has a place is waited for.
    const hide = ({ persisted }: PageTransitionEvent) => {
      if (!persisted && presence && !hasPlace(presence.room)) void presence.room.leave()
    }
    addEventListener('pagehide', hide)
    return () => {
      isGone = true
      removeEventListener('pagehide', hide)
      clearTimeout(timer)
      if (presence) leave(presence)
    }
    // `identity` stands for `me`: a new name or person takes a new seat.
  }, [streamId, identity, isStarting, round, queries])

  return { visit, enterAgain }
}

/** Undefined when somebody was signed in instead. */
async function enterRoom(
  streamId: string,
  find: () => Promise<Stream>,
): Promise<Presence | undefined> {
  // Looked up first: nobody becomes a guest or takes a seat for what is over or never was.
  const stream = await find()
  if (stream.phase === 'ended') throw new Refusal({ code: 'ended', message: stream.title })
  if (!odeon.auth.user) {
    // Somebody who is signed in must not become a guest because the server was away a moment ago.
    if (await odeon.auth.restore()) return undefined
    // Nor must somebody who is suspended become one unasked.
    if (odeon.auth.suspension) throw new Refusal({ code: 'banned', message: stream.title })
    await guestOnce()
    return undefined
  }
  const { medium } = stream
  if (medium === 'audio') {
    const room = await odeon.audio.join(streamId)
    return { medium, room, feed: new ChatFeed(room) }
  }
  const room = await odeon.live.join(streamId)
  return { medium, room, feed: new ChatFeed(room) }
}

let guesting: Promise<unknown> | undefined
/** Two effects of one page must not become two guests. */
function guestOnce(): Promise<unknown> {
  guesting ??= odeon.auth.guest().finally(() => {
    guesting = undefined
  })
  return guesting
}

/** On the floor, or on the way there: it is kept while they load the page again. */
function hasPlace({ you: { id, role }, state: { floor } }: LiveConnection): boolean {
  if (role === 'host' || !floor) return role === 'host'
  return floor.speakers.has(id) || floor.hands.has(id) || floor.invitations.has(id)
}

function leave({ room, feed }: Presence): void {
  feed.close()
  void room.leave()
}

const passing: ReadonlySet<string> = new Set([
  'busy',
  'rate_limited',
  'room_full',
  'too_many_seats',
  'unavailable',
])

function isPassing(error: Refusal): boolean {
  return passing.has(error.code)
}
