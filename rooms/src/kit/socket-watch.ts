/** Sockets of a room that must prove in time that they joined, that they read, that they live. */
import type { Connection } from './connection.ts'
import { PeerWatch } from './peer-watch.ts'
import { type CloseReason, kitLimits } from './protocol.ts'

export class SocketWatch {
  readonly #peers = new PeerWatch<Connection>((peer) => peer.cut())
  readonly #unconfirmed = new Set<Connection>()
  /** Bytes wait for them in this process; sockets put themselves in. */
  readonly #backedUp = new Set<Connection>()
  readonly #ofMember = new Map<string, Connection[]>()
  readonly #close: (connection: Connection, reason: CloseReason) => void

  constructor(close: (connection: Connection, reason: CloseReason) => void) {
    this.#close = close
  }

  /** Takes in a socket; of too many of one member the oldest is closed `replaced`. */
  add(connection: Connection): void {
    this.#peers.add(connection)
    this.#unconfirmed.add(connection)
    connection.backedUp = this.#backedUp
    // Not pushed to: a list that grows keeps room for many, and most people have one socket.
    const own = [...(this.#ofMember.get(connection.member.id) ?? []), connection]
    this.#ofMember.set(connection.member.id, own)
    if (own.length > kitLimits.socketsPerMemberMax) {
      this.#close(own.shift() as Connection, 'replaced')
    }
  }

  confirm(connection: Connection): void {
    this.#unconfirmed.delete(connection)
  }

  remove(connection: Connection): void {
    this.#peers.remove(connection)
    this.#unconfirmed.delete(connection)
    this.#backedUp.delete(connection)
    const own = this.#ofMember.get(connection.member.id)?.filter((one) => one !== connection)
    if (own === undefined || own.length === 0) this.#ofMember.delete(connection.member.id)
    else this.#ofMember.set(connection.member.id, own)
  }

  of(memberId: string): readonly Connection[] {
    return this.#ofMember.get(memberId) ?? []
  }

  /** About once a second. */
  check(now: number): void {
    for (const connection of this.#unconfirmed) {
      if (now - connection.openedAt >= kitLimits.joinDeadlineMs) {
        this.#close(connection, 'joinTimeout')
        this.#unconfirmed.delete(connection)
      }
    }
    for (const connection of this.#backedUp) {
      if (connection.isStalled(now)) this.#close(connection, 'slowConsumer')
      else if (connection.queuedBytes === 0) this.#backedUp.delete(connection)
    }
    this.#peers.check(now)
  }
}
