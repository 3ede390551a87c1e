/**
 * How a relay carries a room: follows its writer, passes on what its people say, and looks for
 * another writer when this one is gone. It knows no socket.
 */
import type { Past } from '../journal/past.ts'
import type { JournalRecord } from '../journal/record.ts'
import { kitLimits, type Role } from '../protocol.ts'
import { Follower } from './follower.ts'
import { RelayLine } from './relay-line.ts'
import { RelayStage, type RelayStageOptions } from './relay-stage.ts'
import type { RelayOptions, RelayPorts } from './relayed-kinds.ts'
import type { Came } from './upstream.ts'

/** What the room around it does for it. */
export interface CarriageRoom extends Omit<RelayStageOptions, 'meter' | 'world'> {
  /** Behind the frame that holds what came until now. */
  write: (to: readonly string[], frame: Buffer) => void
  setRole: (memberId: string, role: Role) => void
  dismiss: (memberId: string) => void
  /** Everybody has to come again: what they have seen is not what there is. */
  rejoin: () => void
  /** Everybody who is here. */
  present: () => Came[]
}

const openTries = 40
const openPauseMs = 50

export class Carriage {
  readonly stage: RelayStage
  readonly line: RelayLine
  readonly #ports: RelayPorts
  readonly #of: RelayOptions
  readonly #room: CarriageRoom
  readonly #follower: Follower
  /** New for each opening: a relay that begins again is another one. */
  readonly #id: string
  #lookedAt = 0
  /** Of the newest writer that said that it ends. */
  #endedEpoch: number | undefined
  #introducedAt = 0

  constructor(ports: RelayPorts, of: RelayOptions, room: CarriageRoom) {
    const { journal, world, logger, meter } = ports
    this.#ports = ports
    this.#of = of
    this.#room = room
    this.#id = `${of.processId}-${world.newId()}`
    this.stage = new RelayStage({ ...room, meter, world })
    const roomId = of.writerId
    this.line = new RelayLine({
      journal,
      roomId,
      relay: this.#id,
      epoch: () => this.stage.log.epoch,
      world,
      present: room.present,
    })
    this.#follower = new Follower({
      journal,
      roomId,
      world,
      logger,
      next: (record) => this.#next(record),
      begin: (past) => this.#begin(past),
    })
  }

  /** Resolves when joiners can be greeted. A new writer may not have written yet. */
  async open(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#follower.open()
      } catch (error) {
        if (tries === openTries) throw error
        await new Promise((resolve) => setTimeout(resolve, openPauseMs))
      }
    }
  }

  /** Twice a second. */
  beat(): void {
    const now = this.#ports.world.now()
    this.line.beat(now)
    // While nothing can be said nothing can be heard: that is no sign of the writer's end.
    const heardAt = Math.max(this.#follower.heardAt, this.line.failedAt)
    const isSilent = now - heardAt >= kitLimits.writerSilentMs
    // Its room may still have been listed when its last frame came.
    const hasEnded = this.#endedEpoch === this.stage.log.epoch
    if (isSilent || hasEnded) this.#lookForSuccessor(now)
  }

  stop(): void {
    this.#follower.stop()
    this.line.stop()
    this.stage.stop()
  }

  #begin(past: Past): void {
    // Before another writer is told what this one has not taken.
    this.line.taken(past.taken[this.#id] ?? 0)
    this.#goOn(past.epoch, () => this.stage.begin(past))
  }

  #next(record: JournalRecord): void {
    const { hidden } = record
    this.line.taken(hidden?.taken?.[this.#id] ?? 0)
    this.#goOn(record.epoch, () => this.stage.next(record))
    if (hidden === undefined) return
    if (hidden.strangers?.includes(this.#id)) this.#introduce()
    for (const { id, role } of hidden.roles ?? []) this.#room.setRole(id, role)
    for (const id of hidden.dismissed ?? []) this.#room.dismiss(id)
    const { told = [], replies = [] } = hidden
    for (const { to, frame } of told) this.#room.write(to, frame)
    for (const reply of replies) if (reply.relay === this.#id) this.line.answered(reply)
    if (!hidden.isLast) return
    this.#endedEpoch = record.epoch
    this.#lookForSuccessor(this.#ports.world.now())
  }

  #goOn(epoch: number, take: () => boolean): void {
    const before = this.stage.log.epoch
    const isGoingOn = take()
    if (before === 0) return
    if (isGoingOn) {
      if (before !== epoch) this.line.beginAnew()
      return
    }
    const { writerId: room } = this.#of
    this.#ports.logger.warn({ room, epoch }, 'the room lost entries; everybody comes again')
    this.#room.rejoin()
  }

  /** The writer does not know us, or not any more: it had not heard of us for too long. */
  #introduce(): void {
    const now = this.#ports.world.now()
    // Several of its frames may say so before it has heard.
    if (now - this.#introducedAt < kitLimits.relaySayAgainMs) return
    this.#introducedAt = now
    this.line.beginAnew()
  }

  #lookForSuccessor(now: number): void {
    if (now - this.#lookedAt < kitLimits.successionEveryMs) return
    this.#lookedAt = now
    const { kind, writerId, openWith } = this.#of
    void this.#ports.succeed({ kind, writerId, openWith })
  }
}
