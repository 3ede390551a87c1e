/**
 * A room written elsewhere, carried to more viewers by this process. Its sockets cannot tell: they
 * get the writer's frames, and what they ask is passed on.
 */
import type { Schema } from '@colyseus/schema'
import type { Admission, Identity } from '../../ports.ts'
import { Dispatcher } from '../dispatcher.ts'
import type { Member } from '../member.ts'
import { closeCodes, kitLimits } from '../protocol.ts'
import type { Gap, Position } from '../room-log.ts'
import type { RoomMeasures } from '../room-measures.ts'
import { seatAuth } from '../seat-auth.ts'
import { type Ask, type Connection, SocketRoom } from '../socket-room.ts'
import { Carriage } from './carriage.ts'
import { type PassingScope, passingOn } from './passing-on.ts'
import { kindOf, type RelayOptions, type RelayPorts, relayRoomId } from './relayed-kinds.ts'
import type { Came } from './upstream.ts'

export function defineRelayRoom(ports: RelayPorts) {
  return class RelayRoom extends SocketRoom<Schema> {
    static override onAuth = seatAuth(ports)
    protected override readonly ports = ports
    readonly #admissions = new Map<string, Came>()
    #of!: RelayOptions
    #carriage!: Carriage
    #dispatcher!: Dispatcher<PassingScope>
    #openedAt = 0
    #pulse: NodeJS.Timeout | undefined
    /** Everybody was told to come again: they are waited for and have not left. */
    #hasSentAway = false

    override async onCreate(options: unknown): Promise<void> {
      this.#of = options as RelayOptions
      const { kind, writerId, processId } = this.#of
      const relayed = kindOf(ports, kind)
      this.roomId = relayRoomId(writerId, processId)
      this.maxClients = relayed.viewersMax
      this.state = relayed.blankState()
      this.#carriage = this.#newCarriage()
      const { line } = this.#carriage
      const { world, logger, meter } = ports
      const scope: PassingScope = { line }
      this.#dispatcher = new Dispatcher({
        room: { id: this.roomId, kind: this.roomName },
        world,
        meter,
        logger,
        scope,
        commands: passingOn(relayed.commands),
        isSaturated: () => false,
      })
      await this.#carriage.open()
      this.openSockets()
      this.#openedAt = world.now()
      const beat = () => this.guard('pulse', () => this.#carriage.beat())
      this.#pulse = setInterval(beat, kitLimits.relayBeatMs)
    }

    /** What the room is like now; null before it has opened. */
    measure(): RoomMeasures | null {
      if (this.#openedAt === 0) return null
      const { roomId: id, roomName: kind } = this
      return { id, kind, ...this.#carriage.stage.measure(), since: this.#openedAt }
    }

    /** Sends everybody to another process. */
    async handOver(): Promise<void> {
      this.#hasSentAway = true
      await this.disconnect(closeCodes.moved)
    }

    override async onDispose(): Promise<void> {
      clearInterval(this.#pulse)
      this.#carriage?.stop()
      await super.onDispose()
    }

    /** The writer asks again of whoever a decision may have overtaken. */
    protected override async admit(identity: Identity, known?: Admission): Promise<Admission> {
      const { kind, openWith } = this.#of
      const admission = known ?? (await kindOf(ports, kind).admit(openWith, identity))
      if ('refused' in admission) return admission
      this.#admissions.set(identity.userId, { kind: 'came', identity, admission })
      return admission
    }

    protected override changed(): void {}

    protected override entered({ id, joinedAt }: Member): void {
      const came = this.#admissions.get(id)
      if (came !== undefined) this.#carriage.line.say({ ...came, joinedAt })
    }

    protected override exited({ id }: Member): void {
      if (this.#hasSentAway) return
      this.#admissions.delete(id)
      this.#carriage.line.say({ kind: 'went', memberId: id })
    }

    protected override greet(connection: Connection): void {
      this.#carriage.stage.greet(connection)
    }

    protected override forget(connection: Connection): void {
      this.#carriage.stage.forget(connection)
    }

    protected override run(from: Connection, ask: Ask): void {
      const { name, payload } = ask
      const outcome = this.#dispatcher.run(from.member, name, payload, this.signInOf(from))
      if (!(outcome instanceof Promise)) return this.answer(from, ask, outcome)
      // The record that answers it may hold what it did: that is seen first.
      void outcome.then((settled) => {
        this.#carriage.stage.afterFrame(from, () => this.answer(from, ask, settled))
      })
    }

    protected override readLog(by: Connection, from: Position, say: (gap: Gap) => void): void {
      this.#carriage.stage.read(by, from, say)
    }

    protected override beat(): void {
      this.#dispatcher.expire()
      this.#carriage.stage.wakeForLaggards()
    }

    #tell(to: readonly string[], frame: Buffer): void {
      for (const id of to) {
        for (const connection of this.sockets.of(id)) {
          this.#carriage.stage.afterFrame(connection, () => this.writeTo(connection, frame))
        }
      }
    }

    /** As they are named to another writer: with the role that they have by now. */
    #again({ identity, admission, ...came }: Came): Came {
      const { role = admission.role, joinedAt } = this.members.get(identity.userId) ?? {}
      const since = joinedAt === undefined ? {} : { joinedAt }
      return { ...came, ...since, identity, admission: { ...admission, role }, isAgain: true }
    }

    #newCarriage(): Carriage {
      return new Carriage(ports, this.#of, {
        kind: this.roomName,
        sparing: kindOf(ports, this.#of.kind).sparing?.(),
        welcomeMore: ({ id }) => {
          const standing = this.#admissions.get(id)?.admission.standing
          return standing && { standing }
        },
        failed: (error) => this.onUncaughtException(error as Error, 'frame'),
        write: (to, frame) => this.#tell(to, frame),
        setRole: (memberId, role) => void this.members.setRole(memberId, role),
        dismiss: (memberId) => this.dismiss(memberId),
        rejoin: () => void this.handOver(),
        present: () => [...this.#admissions.values()].map((came) => this.#again(came)),
      })
    }
  }
}
