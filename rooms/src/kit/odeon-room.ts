/**
 * The room every Odeon room extends: it turns messages into commands and changes into frames, and
 * goes on where an earlier process left it.
 */
import type { Schema } from '@colyseus/schema'
import type { Admission, Identity } from '../ports.ts'
import type { Audience } from './audience-class.ts'
import { type CommandTable, command, everyone, type Scope } from './command.ts'
import { Dispatcher } from './dispatcher.ts'
import type { KnownMember, Member } from './member.ts'
import { type Memory, openRoom, type Reach, type Stage } from './open-room.ts'
import { closeCodes, logRead } from './protocol.ts'
import type { Came } from './relay/upstream.ts'
import type { RoomMeasures } from './room-measures.ts'
import type { RoomPorts } from './room-ports.ts'
import type { Gap, Position } from './room-log.ts'
import { type Ask, type Connection, isLogRead, SocketRoom } from './socket-room.ts'
import type { Sparing } from './thin-frame.ts'
import { messageFrame } from './wire.ts'

export type { Came }

export abstract class OdeonRoom<
  State extends Schema,
  Events,
  S extends Scope<State, Events>,
> extends SocketRoom<State> {
  protected abstract override readonly ports: RoomPorts
  protected abstract readonly commands: CommandTable<S>
  protected stage!: Stage<State>
  protected scope!: S
  #dispatcher!: Dispatcher<S>
  #reach: Reach | undefined
  #openedAt = 0

  // --- what a kind of room says ---

  /** State as it is when the room opens. */
  protected abstract openState(options: unknown): Promise<State>
  /**
   * Role of a person here, or why they may not enter. Asked at every join: what was found out
   * before may be from before a decision.
   */
  protected abstract override admit(identity: Identity): Promise<Admission>
  /** The scope its actions get. */
  protected abstract openScope(kit: Scope<State, Events>): S
  /** Takes over what the state of an earlier process had and the opened one does not know. */
  protected takeOver?(state: State, before: State): void
  protected onEnter?(member: Member): void
  /** Somebody came by a relay, which was told so by the record. */
  protected onAdmitted?(came: Came): void
  /** What must be known before somebody acts who came by a relay; undefined when nothing must. */
  protected sureOf?(member: Member): Promise<unknown> | undefined
  /** Somebody is here who was here before this process opened the room. */
  protected onStay?(member: Member, identity: Identity): void
  protected onExit?(member: Member): void
  /** Left for good, or was put out, whatever an older snapshot says: not waited for. */
  protected isGone?(userId: string): boolean
  /** Brings derived state up to date just before a frame. */
  protected beforeFrame?(): void
  /** How a person stands here; travels with their welcome. */
  protected standingOf?(member: Member): object | undefined
  /** What slow readers may be spared; without it everything matters. */
  protected readonly sparing: Sparing | undefined = undefined
  /** Who sees more of the state than others; without it everybody sees the same. */
  protected readonly audience: Audience<State> | undefined = undefined
  /** About once a second. */
  protected onBeat?(now: number): void
  /** Nobody shall go on where this room ends. */
  protected get isOver(): boolean {
    return true
  }

  // --- life ---

  override async onCreate(options: unknown): Promise<void> {
    const state = await this.openState(options)
    const opened = await openRoom({
      ports: this.ports,
      room: { id: this.roomId, kind: this.roomName },
      state,
      serializer: this.serializer,
      members: this.members,
      lost: () => this.#superseded(),
      done: () => this.#dispatcher.doneLately(),
      standingOf: (member) => this.standingOf?.(member),
      beforeFrame: () => this.beforeFrame?.(),
      sparing: this.sparing,
      audience: this.audience,
      failed: (error) => this.onUncaughtException(error, 'frame'),
    })
    const { before, past, reach, stage } = opened
    this.state = state
    this.serializer.number(stage.log.epoch)
    if (before !== undefined) this.takeOver?.(state, before)
    this.stage = stage
    this.#reach = reach
    this.#openScope(opened)
    this.#dispatcher.restore(past?.done ?? [])
    this.#awaitMembers(past?.members ?? [])
    await this.#listen()
    this.openSockets()
    this.#openedAt = this.ports.world.now()
    this.stage.touch()
  }

  #openScope({ memory }: { memory: Memory }): void {
    const { meter, world, logger } = this.ports
    const { state } = this
    this.scope = this.openScope({
      state,
      world,
      memory,
      announce: (name, body) => this.stage.announce<never>(name, body as never),
      tell: (memberId, name, body) => this.#tell([memberId], name, body),
      tellCrew: (name, body) => this.#tell(this.members.crew, name, body),
      setRole: (memberId, role) => {
        this.#reach?.role(memberId, role)
        return this.members.setRole(memberId, role)
      },
      dismiss: (memberId) => this.dismiss(memberId),
      amend: (change) => this.stage.amend(change),
      afterFrame: (work) => this.stage.afterFrame(work),
      isCutOff: () => this.#reach?.isCutOff ?? false,
    })
    this.#dispatcher = new Dispatcher({
      room: {
        id: this.roomId,
        kind: this.roomName,
      },
      world,
      meter,
      logger,
      scope: this.scope,
      commands: {
        ...this.commands,
        'log.read': this.#logRead(),
      },
      isSaturated: () => this.stage.isSaturated,
      isCutOff: () => this.scope.isCutOff(),
      done: this.#reach && ((done) => this.#reach?.done(done)),
    })
  }

  /** People are here by other processes. */
  protected get isCarried(): boolean {
    return this.#reach?.isCarried ?? false
  }

  /** Connected at this moment, as far as is known here: of a relay's people only that they came. */
  protected isReached(memberId: string): boolean {
    return this.sockets.of(memberId).length > 0 || (this.#reach?.isAtRelay(memberId) ?? false)
  }

  /** Puts a person out, wherever they are connected. */
  override dismiss(memberId: string): void {
    this.#reach?.dismiss(memberId)
    super.dismiss(memberId)
    this.stage.touch()
  }

  /** Those who were here are waited for, as if only their sockets were lost. */
  #awaitMembers(members: readonly KnownMember[]): void {
    const now = this.ports.world.now()
    for (const known of members) {
      const { identity } = known
      if (this.isGone?.(identity.userId)) continue
      const member = this.members.restore(known, now)
      if (member !== undefined) this.onStay?.(member, identity)
    }
  }

  async #listen(): Promise<void> {
    await this.#reach?.listen(
      {
        run: (member, { name, payload, sid }) => this.#dispatcher.run(member, name, payload, sid),
        sureOf: (member) => this.sureOf?.(member),
        entered: (member, came, isNew) => {
          this.onAdmitted?.(came)
          if (isNew) this.onEnter?.(member)
        },
        exited: (member) => this.exited(member),
        touched: () => this.stage.touch(),
      },
      (hook, work) => this.guard(hook, work),
    )
  }

  /** What the room is like now; null before it has opened. */
  measure(): RoomMeasures | null {
    if (this.#openedAt === 0) return null
    const { roomId: id, roomName: kind } = this
    return { id, kind, ...this.stage.measure(), since: this.#openedAt }
  }

  /** Lays down the pen and sends everybody to whoever takes it up. */
  async handOver(): Promise<void> {
    await this.stage.idle()
    this.#reach?.end()
    this.stage.flush()
    await this.stage.shown()
    this.stage.stop()
    await this.#reach?.close({ isOver: this.isOver })
    await this.disconnect(closeCodes.moved)
  }

  override async onDispose(): Promise<void> {
    await super.onDispose()
    if (this.stage === undefined) return
    this.stage.stop()
    const { isOver } = this
    await this.#reach?.close({ isOver })
    await this.ports.archive.closeRoom(this.roomId, this.stage.log.epoch)
  }

  // --- what sockets cause ---

  protected override changed(): void {
    this.stage.touch()
  }

  protected override entered(member: Member): void {
    this.onEnter?.(member)
  }

  protected override exited(member: Member): void {
    this.onExit?.(member)
  }

  protected override greet(connection: Connection): void {
    this.stage.greet(connection)
  }

  protected override forget(connection: Connection): void {
    this.stage.forget(connection)
  }

  protected override run(from: Connection, ask: Ask): void {
    const { name, payload } = ask
    const outcome = this.#dispatcher.run(from.member, name, payload, this.signInOf(from))
    const settle = (settled: Awaited<typeof outcome>): void => {
      const say = () => this.answer(from, ask, settled)
      // What is answered is kept: a successor knows it, too.
      const isHeldBack = settled.status === 'ok' && !isLogRead(ask) && this.stage.isHolding
      if (isHeldBack) this.stage.afterFrame(() => this.#whenOurs(say))
      // In a small room everybody hears it before the asker is answered: nobody waits for a beat.
      this.stage.speak()
      if (!isHeldBack) say()
    }
    if (outcome instanceof Promise) void outcome.then(settle)
    else settle(outcome)
  }

  #whenOurs(say: () => void): void {
    if (this.#reach === undefined) say()
    else this.#reach.whenOurs(say)
  }

  protected override readLog(_for: Connection, from: Position, say: (gap: Gap) => void): void {
    this.stage.read(from, say)
  }

  protected override beat(now: number): void {
    this.#dispatcher.expire()
    this.onBeat?.(now)
    this.#reach?.beat(now)
    this.stage.beat()
  }

  /** Behind the frame that tells everybody, so that nobody hears of what they have not seen. */
  #tell(memberIds: Iterable<string>, name: string, body: object): void {
    const frame = messageFrame(name, body)
    const to = [...memberIds]
    this.stage.afterFrame(() => this.write(to, frame))
    this.#reach?.tell(
      to.filter((id) => this.sockets.of(id).length === 0 || this.#reach?.isAtRelay(id)),
      frame,
    )
  }

  /** The kit's own command: filling a gap is a read and never counts as done before. */
  #logRead() {
    return command<S, typeof logRead>({
      shape: logRead,
      may: everyone,
      rate: { class: 'read', perSecond: 10, burst: 30 },
      isRead: true,
      action: (_scope, _member, { epoch, after }) => ({ epoch, seq: after }),
    })
  }

  /** Another process runs this room: everybody is sent there instead of being told `busy`. */
  #superseded(): void {
    this.ports.logger.error({ room: this.roomId }, 'this room is run elsewhere now; closing it')
    this.guard('superseded', () => void this.disconnect(closeCodes.moved))
  }
}
