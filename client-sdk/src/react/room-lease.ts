/**
 * Rooms shared by the components that use them: joined by the first, left a moment after the last,
 * so that a remount (StrictMode, a page change and back) neither leaves nor joins twice.
 */
import type { LiveConnection } from '../live/live-connection.ts'
import type { Odeon } from '../odeon.ts'

const lingerMs = 500

/** What is known of a room that is being joined. */
export type RoomView =
  | { status: 'joining'; room: undefined; error: undefined }
  | { status: 'joined'; room: LiveConnection; error: undefined }
  | { status: 'failed'; room: undefined; error: unknown }

const joining: RoomView = { status: 'joining', room: undefined, error: undefined }

export class RoomLease {
  readonly #join: () => Promise<LiveConnection>
  readonly #ended: () => void
  readonly #listeners = new Set<() => void>()
  #view: RoomView = joining
  #users = 0
  #isJoining = false
  #linger: ReturnType<typeof setTimeout> | undefined

  constructor(join: () => Promise<LiveConnection>, ended: () => void) {
    this.#join = join
    this.#ended = ended
  }

  get view(): RoomView {
    return this.#view
  }

  /** Joins unless somebody did. The result gives the room back. */
  readonly use = (changed: () => void): (() => void) => {
    this.#users += 1
    this.#listeners.add(changed)
    clearTimeout(this.#linger)
    this.#linger = undefined
    if (this.#view.status !== 'joined' || this.#view.room.connection === 'closed') this.retry()
    return () => {
      this.#listeners.delete(changed)
      this.#users -= 1
      if (this.#users === 0) this.#linger = setTimeout(() => this.#end(), lingerMs)
    }
  }

  /** Joins again, after a failed join or a room that closed. */
  readonly retry = (): void => {
    if (this.#isJoining) return
    this.#isJoining = true
    this.#show(joining)
    this.#join().then(
      (room) => this.#joined(room),
      (error: unknown) => {
        this.#isJoining = false
        this.#show({ status: 'failed', room: undefined, error })
      },
    )
  }

  #joined(room: LiveConnection): void {
    this.#isJoining = false
    this.#show({ status: 'joined', room, error: undefined })
    if (this.#users === 0 && this.#linger === undefined) this.#end()
  }

  #end(): void {
    this.#linger = undefined
    if (this.#isJoining) return
    this.#ended()
    void this.#view.room?.leave()
  }

  #show(view: RoomView): void {
    this.#view = view
    for (const changed of Array.from(this.#listeners)) changed()
  }
}

const leases = new WeakMap<Odeon, Map<string, RoomLease>>()

/** The one lease of a stream's room for a client and the person it is signed in as. */
export function leaseOf(odeon: Odeon, streamId: string, userId: string | undefined): RoomLease {
  const held = leases.get(odeon) ?? new Map<string, RoomLease>()
  leases.set(odeon, held)
  const key = `${userId ?? ''} ${streamId}`
  const known = held.get(key)
  if (known !== undefined) return known
  const lease: RoomLease = new RoomLease(
    () => odeon.live.join(streamId),
    () => {
      if (held.get(key) === lease) held.delete(key)
    },
  )
  held.set(key, lease)
  return lease
}
