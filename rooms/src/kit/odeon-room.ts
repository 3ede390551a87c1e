/**
 * The room every Odeon room extends: it turns sockets into members, messages into commands and
 * changes into frames, and it survives whatever a client sends or an action throws.
 */
import { type Client, Room, ServerError } from '@colyseus/core'
import type { Schema } from '@colyseus/schema'
import type { Admission, Identity } from '../ports.ts'
import { type CommandTable, command, everyone, type Scope } from './command.ts'
import { Connection } from './connection.ts'
import { Dispatcher } from './dispatcher.ts'
import { identityOf, passOn, takeOver } from './framework.ts'
import { type Member, Members } from './member.ts'
import { answer } from './answering.ts'
import { type CloseReason, closeCodes, joinOptions, kitLimits, logRead } from './protocol.ts'
import { RoomLog } from './room-log.ts'
import type { RoomMeasures } from './room-measures.ts'
import type { RoomPorts } from './room-ports.ts'
import { SocketWatch } from './socket-watch.ts'
import { Stage } from './stage.ts'
import { StageSerializer } from './stage-serializer.ts'
import { type Inbound, messageFrame, readInbound } from './wire.ts'

const beatMs = 1_000

export abstract class OdeonRoom<
  State extends Schema,
  Events,
  S extends Scope<State, Events>,
> extends Room<{ state: State }> {
  override patchRate: number | null = null
  override maxMessagesPerSecond = kitLimits.inboundPerSecondMax * 2
  protected readonly members = new Members()
  protected abstract readonly ports: RoomPorts
  protected abstract readonly commands: CommandTable<S>
  protected stage!: Stage<State>
  protected scope!: S
  #dispatcher!: Dispatcher<S>
  readonly #serializer = new StageSerializer<State>()
  #beat: NodeJS.Timeout | undefined
  #openedAt = 0
  readonly #sockets = new SocketWatch((connection, reason) => this.#close(connection, reason))

  // --- what a kind of room says ---

  /** State as it is when the room opens. */
  protected abstract openState(options: unknown): Promise<State>
  /** Role of a person here, or why they may not enter. Asked at every join. */
  protected abstract admit(identity: Identity): Promise<Admission>
  /** The scope its actions get. */
  protected abstract openScope(kit: Scope<State, Events>): S
  protected onEnter?(member: Member): void
  protected onExit?(member: Member): void
  /** Brings derived state up to date just before a frame. */
  protected beforeFrame?(): void
  /** How a person stands here; travels with their welcome. */
  protected standingOf?(member: Member): object | undefined
  /** About once a second. */
  protected onBeat?(now: number): void

  // --- life ---

  override async onCreate(options: unknown): Promise<void> {
    const { archive, meter, world, logger, sinks } = this.ports
    const state = await this.openState(options)
    const at = await archive.open(this.roomId, () => this.#superseded())
    const history = await archive.tail(this.roomId, kitLimits.backlogEntriesMax)
    this.state = state
    const serializer = this.#serializer
    const room = { id: this.roomId, kind: this.roomName }
    this.stage = new Stage({
      room,
      serializer,
      archive,
      meter,
      world,
      sinks,
      log: new RoomLog(at, history),
      welcomeMore: (member) => {
        const standing = this.standingOf?.(member)
        return standing && { standing }
      },
      beforeFrame: () => this.beforeFrame?.(),
      failed: (error) => this.onUncaughtException(error as Error, 'frame'),
    })
    this.scope = this.openScope({
      state,
      world,
      announce: (name, body) => this.stage.announce<never>(name, body as never),
      tell: (memberId, name, body) => this.#tell([memberId], name, body),
      tellCrew: (name, body) => this.#tell(this.members.crew, name, body),
      setRole: (memberId, role) => this.members.setRole(memberId, role),
      dismiss: (memberId) => this.dismiss(memberId),
      amend: (change) => this.stage.amend(change),
      afterFrame: (work) => this.stage.afterFrame(work),
    })
    this.#dispatcher = new Dispatcher({
      room,
      world,
      meter,
      logger,
      scope: this.scope,
      commands: { ...this.commands, 'log.read': this.#logRead() },
      isSaturated: () => this.stage.isSaturated,
    })
    takeOver(this, {
      // Here a throw would end the process: Colyseus has no net below a socket's event.
      onMessage: (client, data, isBinary) =>
        this.#guard('onMessage', () => this.#receive(client, data, isBinary)),
      onJoinConfirmed: (client) => this.#confirm(client),
    })
    this.#openedAt = world.now()
    this.#beat = setInterval(() => this.#onBeat(), beatMs)
  }

  /** Colyseus picks its own serializer when `state` is set; the stage needs this one. */
  override setSerializer(): void {
    super.setSerializer(this.#serializer)
  }

  override async onJoin(client: Client, options: unknown, auth: unknown): Promise<void> {
    const identity = identityOf(auth)
    this.ports.seats.use(identity.userId)
    const wanted = joinOptions.safeParse(options ?? {})
    if (!wanted.success) throw new ServerError(closeCodes.malformed, 'malformed')
    const admission = await this.admit(identity)
    if ('refused' in admission) throw new ServerError(closeCodes.removed, admission.refused)
    const { now } = this.ports.world
    const { member, isNew } = this.members.enter(identity, admission.role, now())
    this.#attach(client, member, wanted.data.backlog ?? kitLimits.backlogEntriesMax)
    if (isNew) this.onEnter?.(member)
    this.stage.touch()
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

  /** Puts a person out: every socket closes `removed`, lost ones do not resume. */
  dismiss(memberId: string): void {
    this.members.dismiss(memberId)
    for (const connection of this.#sockets.of(memberId)) this.#close(connection, 'removed')
  }

  override onLeave(client: Client): void {
    // Colyseus ends the process when this hook throws.
    this.#guard('onLeave', () => {
      const connection = connectionOf(client)
      if (connection === undefined) return
      this.#detach(connection)
      if (!this.members.leave(connection.member)) return
      this.onExit?.(connection.member)
      this.stage.touch()
    })
  }

  /** What the room is like now; null before it has opened. */
  measure(): RoomMeasures | null {
    if (this.#openedAt === 0) return null
    const { roomId: id, roomName: kind } = this
    return { id, kind, ...this.stage.measure(), since: this.#openedAt }
  }

  override async onDispose(): Promise<void> {
    clearInterval(this.#beat)
    this.stage?.stop()
    if (this.stage) await this.ports.archive.closeRoom(this.roomId, this.stage.log.epoch)
  }

  /** Faults end here: logged once, the process and the room go on. */
  override onUncaughtException(error: Error, method: string): void {
    const cause = error.cause ?? error
    // A join turned away by name is an answer, not a fault.
    if (cause instanceof ServerError) return
    this.ports.logger.error({ err: cause, room: this.roomId, method }, 'a room hook failed')
  }

  // --- sockets ---

  #attach(client: Client, member: Member, backlog: number): void {
    const { now } = this.ports.world
    const connection = new Connection(client, member, { backlog, now: now() })
    client.userData = connection
    connection.onControlFrame(() => {
      if (!connection.admits(now())) this.#close(connection, 'flooding')
    })
    this.#sockets.add(connection)
  }

  #detach(connection: Connection): void {
    this.#sockets.remove(connection)
    this.stage.forget(connection)
  }

  #confirm(client: Client): void {
    const connection = connectionOf(client)
    if (connection === undefined) return
    this.#sockets.confirm(connection)
    this.stage.greet(connection)
  }

  #receive(client: Client, data: Buffer, isBinary: boolean): void {
    const connection = connectionOf(client)
    if (connection === undefined || connection.closedFor !== undefined) return
    if (!connection.admits(this.ports.world.now())) return this.#close(connection, 'flooding')
    const inbound = readInbound(data, isBinary)
    if (inbound.kind === 'protocol') return passOn(this, client, data)
    if (inbound.kind === 'malformed' || !connection.hasJoined) {
      return this.#close(connection, 'malformed')
    }
    this.#run(connection, inbound)
  }

  /** Behind the frame that tells everybody, so that nobody hears of what they have not seen. */
  #tell(memberIds: Iterable<string>, name: string, body: object): void {
    const frame = messageFrame(name, body)
    const connections = [...memberIds].flatMap((id) => this.#sockets.of(id))
    this.stage.afterFrame(() => {
      for (const connection of connections) {
        if (connection.live && !connection.write(frame)) this.#close(connection, 'slowConsumer')
      }
    })
  }

  #run(from: Connection, ask: Extract<Inbound, { kind: 'command' }>): void {
    const outcome = this.#dispatcher.run(from.member, ask.name, ask.payload)
    const settle = (settled: Awaited<typeof outcome>): void => {
      // In a small room everybody hears it before the asker is answered: nobody waits for a beat.
      this.stage.speak()
      if (!answer(from, ask, settled)) this.#close(from, 'slowConsumer')
    }
    if (outcome instanceof Promise) void outcome.then(settle)
    else settle(outcome)
  }

  #close(connection: Connection, reason: CloseReason): void {
    if (connection.closedFor !== undefined) return
    connection.close(reason)
    this.ports.meter.closed(this.roomName, reason)
  }

  /** The kit's own command: filling a gap is a read and never counts as done before. */
  #logRead() {
    return command<S, typeof logRead>({
      shape: logRead,
      may: everyone,
      rate: { class: 'read', perSecond: 10, burst: 30 },
      action: (_scope, _member, { epoch, after }) => this.stage.log.after({ epoch, seq: after }),
    })
  }

  /** Another process runs this room: everybody is sent there instead of being told `busy`. */
  #superseded(): void {
    this.ports.logger.error({ room: this.roomId }, 'this room is run elsewhere now; closing it')
    this.#guard('superseded', () => void this.disconnect(closeCodes.moved))
  }

  #onBeat(): void {
    this.#guard('beat', () => {
      const now = this.ports.world.now()
      this.#sockets.check(now)
      this.#dispatcher.expire()
      this.ports.seats.expire(now)
      this.onBeat?.(now)
      this.stage.beat()
    })
  }

  #guard(hook: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      this.onUncaughtException(error as Error, hook)
    }
  }
}

function connectionOf(client: Client): Connection | undefined {
  return client.userData instanceof Connection ? client.userData : undefined
}
