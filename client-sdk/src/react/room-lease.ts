/**
 * Rooms shared by the components that use them: joined by the first, left a moment after the last,
 * so that a remount (StrictMode, a page change and back) neither leaves nor joins twice.
 */
import type { LiveConnection } from '../live/live-connection.ts'
import type { LobbyConnection } from '../lobby/lobby-connection.ts'
import type { MeConnection } from '../me/me-connection.ts'
import type { Odeon } from '../odeon.ts'

const lingerMs = 500

type AnyRoom = LiveConnection | LobbyConnection | MeConnection

/** What is known of a room that is being joined. */
export type RoomView<Room = LiveConnection> =
  | { status: 'joining'; room: undefined; error: undefined }
  | { status: 'joined'; room: Room; error: undefined }
  | { status: 'failed'; room: undefined; error: unknown }

const joining = { status: 'joining', room: undefined, error: undefined } as const

export class RoomLease<Room extends AnyRoom = LiveConnection> {
  readonly #join: () => Promise<Room>
  readonly #ended: () => void
  readonly #listeners = new Set<() => void>()
  #view: RoomView<Room> = joining
  #users = 0
  #isJoining = false
  #linger: ReturnType<typeof setTimeout> | undefined

  constructor(join: () => Promise<Room>, ended: () => void) {
    this.#join = join
    this.#ended = ended
  }

  get view(): RoomView<Room> {
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

  #joined(room: Room): void {
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

  #show(view: RoomView<Room>): void {
    this.#view = view
    for (const changed of Array.from(this.#listeners)) changed()
  }
}

const leases = new WeakMap<Odeon, Map<string, RoomLease<never>>>()

interface Wanted<Room extends AnyRoom> {
  /** Names the room among all that a person may be in. */
  key: string
  userId: string | undefined
  join: () => Promise<Room>
}

/** The one lease of a room for a client and the person it is signed in as. */
function sharedLease<Room extends AnyRoom>(odeon: Odeon, wanted: Wanted<Room>): RoomLease<Room> {
  const held = leases.get(odeon) ?? new Map<string, RoomLease<never>>()
  leases.set(odeon, held)
  const key = `${wanted.userId ?? ''} ${wanted.key}`
  const known = held.get(key)
  // A key names rooms of one kind only.
  if (known !== undefined) return known
  const lease: RoomLease<Room> = new RoomLease(wanted.join, () => {
    if (held.get(key) === (lease as unknown)) held.delete(key)
  })
  held.set(key, lease as unknown as RoomLease<never>)
  return lease
}

type Lease<Room extends AnyRoom> = (odeon: Odeon, userId: string | undefined) => RoomLease<Room>

export const leaseOf = (odeon: Odeon, streamId: string, userId: string | undefined): RoomLease =>
  sharedLease(odeon, { key: streamId, userId, join: () => odeon.live.join(streamId) })

export const lobbyLease: Lease<LobbyConnection> = (odeon, userId) =>
  sharedLease(odeon, { key: 'the lobby', userId, join: () => odeon.lobby.join() })

export const meLease: Lease<MeConnection> = (odeon, userId) =>
  sharedLease(odeon, { key: 'my own room', userId, join: () => odeon.me.join() })
