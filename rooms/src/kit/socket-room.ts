/**
 * What every room has of sockets, whether it is written here or carried here from elsewhere: it
 * turns them into members, keeps their bounds, and survives whatever they send.
 */
import { type Client, Room, ServerError } from '@colyseus/core'
import type { Schema } from '@colyseus/schema'
import type { Admission, Entrant, Identity } from '../ports.ts'
import { answer } from './answering.ts'
import type { Outcome } from './answers.ts'
import { Connection } from './connection.ts'
import {
  giveUpSeat,
  giveUpSeats,
  giveUpSeatsOf,
  handOnTo,
  identityOf,
  isOpenedBy,
  type Opener,
  passOn,
  takeOver,
  walkedIn,
} from './framework.ts'
import { type Member, Members } from './member.ts'
import { type CloseReason, closeCodes, joinOptions, kitLimits } from './protocol.ts'
import type { Gap, Position } from './room-log.ts'
import type { RoomPorts } from './room-ports.ts'
import { SocketWatch } from './socket-watch.ts'
import { StageSerializer } from './stage-serializer.ts'
import { type Inbound, readInbound } from './wire.ts'

const beatMs = 1_000

/** A command as it came, of a socket that joined. */
export type Ask = Extract<Inbound, { kind: 'command' }>

export type { Connection }

/** Its outcome is where the asker stands: what follows is read when it is said. */
export const isLogRead = ({ name }: Ask): boolean => name === 'log.read'

/** What was found out of somebody who walks in holds for so long. */
const admissionFreshMs = 250

export abstract class SocketRoom<State extends Schema> extends Room<{ state: State }> {
  /** Rare: the stage sends patches; with no rate at all a clock would tick 60 times a second. */
  override patchRate: number | null = 24 * 60 * 60_000
  override maxMessagesPerSecond = kitLimits.inboundPerSecondMax * 2
  protected readonly members = new Members()
  protected abstract readonly ports: Pick<RoomPorts, 'meter' | 'logger' | 'world' | 'seats'>
  protected readonly serializer = new StageSerializer<State>()
  protected readonly sockets = new SocketWatch((connection, reason) =>
    this.closeSocket(connection, reason),
  )
  #beat: NodeJS.Timeout | undefined
  /** Asked for at the record, and not signed out meanwhile. */
  readonly #joining = new Set<Client>()

  /**
   * Role of a person here, or why they may not enter. Asked at every join; `known` is what was
   * found out a moment ago, good for a room whose answer somebody else looks over.
   */
  protected abstract admit(identity: Identity, known?: Admission): Promise<Admission>
  /** A member came or went, or a socket of theirs. */
  protected abstract changed(): void
  protected abstract entered(member: Member): void
  protected abstract exited(member: Member): void
  /** A socket confirmed its join and waits for its greeting. */
  protected abstract greet(connection: Connection): void
  protected abstract forget(connection: Connection): void
  protected abstract run(from: Connection, ask: Ask): void
  /** Says what of the log follows a position, between two frames of this socket. */
  protected abstract readLog(by: Connection, from: Position, say: (gap: Gap) => void): void
  /** About once a second. */
  protected abstract beat(now: number): void

  /** Call at the end of `onCreate`: from now on sockets are heard. */
  protected openSockets(): void {
    takeOver(this, {
      // Here a throw would end the process: Colyseus has no net below a socket's event.
      onMessage: (client, data, isBinary) =>
        this.guard('onMessage', () => this.#receive(client, data, isBinary)),
      onJoinConfirmed: (client) => this.#confirm(client),
    })
    this.#beat = setInterval(() => this.guard('beat', () => this.#onBeat()), beatMs)
  }

  /** Colyseus picks its own serializer when `state` is set; the stage needs this one. */
  override setSerializer(): void {
    super.setSerializer(this.serializer)
  }

  /** At once: a room that waited for seats to be taken would go on to hold its name. */
  override disconnect(closeCode?: number): Promise<unknown> {
    giveUpSeats(this)
    return super.disconnect(closeCode)
  }

  /** Of an asker, in whichever process, who was told of it too late and comes by another. */
  giveUpSeat(sessionId: string): void {
    giveUpSeat(this, sessionId)
  }

  override async onJoin(client: Client, options: unknown, auth: unknown): Promise<void> {
    const identity = identityOf(auth)
    const walked = walkedIn(auth)
    if (walked === undefined) this.ports.seats.use(identity.userId)
    const wanted = joinOptions.safeParse(options ?? {})
    if (!wanted.success) throw new ServerError(closeCodes.malformed, 'malformed')
    const { now } = this.ports.world
    const isFresh = walked !== undefined && now() - walked.at <= admissionFreshMs
    this.#joining.add(client)
    let isSignedIn = true
    const admission = await this.admit(identity, isFresh ? walked.admission : undefined).finally(
      () => (isSignedIn = this.#joining.delete(client)),
    )
    if (!isSignedIn) throw new ServerError(closeCodes.unauthenticated, 'unauthenticated')
    if ('refused' in admission) throw new ServerError(closeCodes.removed, admission.refused)
    const { member, isNew } = this.members.enter(identity, admission.role, now())
    this.#attach(client, member, wanted.data.backlog ?? kitLimits.backlogEntriesMax)
    if (isNew) this.entered(member)
    this.changed()
  }

  /** A lost socket: the member stays, unseen by the others, and the client may come back to it. */
  override onDrop(client: Client): void {
    const connection = connectionOf(client)
    if (connection === undefined) return
    this.#detach(connection)
    if (connection.closedFor !== undefined) return
    // Places kept for one person are bounded too, or joining and vanishing would fill the room.
    if (this.members.socketsOf(connection.member) > kitLimits.socketsPerMemberMax) return
    // Settles when the client is back or its time is over; both are told through other hooks.
    this.allowReconnection(client, kitLimits.resumeWindowMs / 1000).catch(() => {})
  }

  override onReconnect(client: Client): void {
    const lost = connectionOf(client)
    if (lost === undefined) return
    if (this.members.isDismissed(lost.member)) throw new ServerError(closeCodes.removed, 'removed')
    this.#attach(client, lost.member, 0)
  }

  /** Puts a person out, wherever they are connected from here: none of it is come back to. */
  dismiss(memberId: string): void {
    this.members.dismiss(memberId)
    this.#endAll({ userId: memberId }, 'removed')
  }

  /** What the sign-ins of a person opened here, or one did, ends with them; new ones lead in. */
  signOut(userId: string, sid?: string): void {
    const opener = { userId, sid }
    // Of whoever is put out the record says why; it knows nothing of sign-ins.
    for (const client of this.#joining) {
      if (isOpenedBy(client.auth, opener)) this.#joining.delete(client)
    }
    this.#endAll(opener, 'unauthenticated')
  }

  /** At once, whether a socket answers its close or not. */
  #endAll(opener: Opener, reason: CloseReason): void {
    const { userId } = opener
    for (let seats = giveUpSeatsOf(this, opener); seats > 0; seats -= 1) {
      this.ports.seats.use(userId)
    }
    for (const connection of this.sockets.of(userId)) {
      if (!isOpenedBy(connection.client.auth, opener)) continue
      this.closeSocket(connection, reason)
      this.#leave(connection)
    }
    // By which sign-in somebody was here nobody knows after the end of their process.
    const gone = this.members.forgo(userId)
    if (gone !== undefined) this.#gone(gone)
  }

  /** By which sign-in a socket is here. */
  protected signInOf({ client }: Connection): string | undefined {
    return (client.auth as Partial<Entrant> | undefined)?.sid
  }

  /** Another sign-in goes on with what one of a person opened here, and ends it. */
  handOn(userId: string, { from, to }: { from: string; to: string }): void {
    handOnTo(this, { userId, sid: from }, to)
  }

  override onLeave(client: Client): void {
    // Colyseus ends the process when this hook throws.
    this.guard('onLeave', () => {
      const connection = connectionOf(client)
      if (connection !== undefined) this.#leave(connection)
    })
  }

  override async onDispose(): Promise<void> {
    clearInterval(this.#beat)
  }

  /** Faults end here: logged once, the process and the room go on. */
  override onUncaughtException(error: Error, method: string): void {
    const cause = error.cause ?? error
    // A join turned away by name is an answer, not a fault.
    if (cause instanceof ServerError) return
    this.ports.logger.error({ err: cause, room: this.roomId, method }, 'a room hook failed')
  }

  /** A ready frame for the sockets these members have here; one that cannot take it is closed. */
  protected write(memberIds: Iterable<string>, frame: Buffer): void {
    for (const id of memberIds) {
      for (const connection of this.sockets.of(id)) {
        this.writeTo(connection, frame)
      }
    }
  }

  protected writeTo(connection: Connection, frame: Buffer): void {
    if (connection.live && !connection.write(frame)) this.closeSocket(connection, 'slowConsumer')
  }

  protected answer(to: Connection, ask: Ask, outcome: Outcome): void {
    const say = (said: Outcome) => {
      if (!answer(to, ask, said)) this.closeSocket(to, 'slowConsumer')
    }
    if (outcome.status !== 'ok' || !isLogRead(ask)) return say(outcome)
    this.readLog(to, outcome.reply as Position, (reply) => say({ status: 'ok', reply }))
  }

  protected closeSocket(connection: Connection, reason: CloseReason): void {
    if (connection.closedFor !== undefined) return
    connection.close(reason)
    this.ports.meter.closed(this.roomName, reason)
  }

  protected guard(hook: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.onUncaughtException(error as Error, hook)
    }
  }

  #attach(client: Client, member: Member, backlog: number): void {
    const { now } = this.ports.world
    const connection = new Connection(client, member, { backlog, now: now() })
    client.userData = connection
    connection.onControlFrame(() => {
      if (!connection.admits(now())) this.closeSocket(connection, 'flooding')
    })
    this.sockets.add(connection)
  }

  #leave(connection: Connection): void {
    this.#detach(connection)
    if (connection.hasLeft) return
    connection.hasLeft = true
    if (this.members.leave(connection.member)) this.#gone(connection.member)
  }

  #gone(member: Member): void {
    this.exited(member)
    this.changed()
  }

  #detach(connection: Connection): void {
    this.sockets.remove(connection)
    this.forget(connection)
  }

  #confirm(client: Client): void {
    const connection = connectionOf(client)
    if (connection === undefined) return
    this.sockets.confirm(connection)
    this.greet(connection)
  }

  #receive(client: Client, data: Buffer, isBinary: boolean): void {
    const connection = connectionOf(client)
    if (connection === undefined || connection.closedFor !== undefined) return
    if (!connection.admits(this.ports.world.now())) return this.closeSocket(connection, 'flooding')
    const inbound = readInbound(data, isBinary)
    if (inbound.kind === 'protocol') return passOn(this, client, data)
    if (inbound.kind === 'malformed' || !connection.hasJoined) {
      return this.closeSocket(connection, 'malformed')
    }
    this.run(connection, inbound)
  }

  #onBeat(): void {
    const now = this.ports.world.now()
    this.sockets.check(now)
    this.ports.seats.expire(now)
    for (const member of this.members.expire(now)) this.exited(member)
    this.beat(now)
  }
}

function connectionOf(client: Client): Connection | undefined {
  return client.userData instanceof Connection ? client.userData : undefined
}
