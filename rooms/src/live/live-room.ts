/** A live stream's room: its hooks and what it keeps; `live-commands.ts` is its API. */
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import { OdeonRoom } from '../kit/odeon-room.ts'
import type { RoomPorts } from '../kit/room-ports.ts'
import { seatAuth } from '../kit/seat-auth.ts'
import { metricsLimits } from '../metrics/protocol.ts'
import { Tally } from '../metrics/tally.ts'
import type { Admission, Identity, Streams } from '../ports.ts'
import type { LiveEvents } from '../protocol.ts'
import { listCrew, unlistCrew, ViewerCount } from '../roster/keep-roster.ts'
import type { LiveScope } from './live-scope.ts'
import { liveCommands } from './live-commands.ts'
import { liveLimits } from './protocol.ts'
import { LiveState } from './state.ts'

export interface LivePorts extends RoomPorts {
  streams: Streams
}

/** Room id of a stream; ids of rooms hold letters, digits, `_` and `-` only. */
export const liveRoomId = (streamId: string): string => `live_${streamId}`

/** The room class of live streams, holding its ports. */
export function defineLiveRoom(ports: LivePorts) {
  return class LiveRoom extends OdeonRoom<LiveState, LiveEvents, LiveScope> {
    static override onAuth = seatAuth(ports)
    override maxClients = liveLimits.viewersMax
    protected override readonly ports = ports
    protected override readonly commands = liveCommands
    /** The channel's owner. */
    hostId = ''
    readonly #count = new ViewerCount()
    #tally!: Tally
    #pulseAt = 0
    #checkpointAt = 0

    protected override async openState(options: unknown): Promise<LiveState> {
      const { streamId } = options as { streamId: string }
      const facts = await ports.streams.find(streamId)
      if (facts === null) throw new Error(`no stream ${streamId}`)
      this.roomId = liveRoomId(streamId)
      this.hostId = facts.hostId
      const now = ports.world.now()
      const before = await ports.streams.numbers(streamId)
      this.#tally = new Tally(facts.startedAt, now, before)
      this.#checkpointAt = now
      const { channelId, channel, title, phase, startedAt, endedAt } = facts
      const state = new LiveState().assign({
        streamId,
        channelId,
        channel,
        title,
        phase,
        startedAt,
        endedAt,
      })
      state.reactions.assign(before?.reactionsByKind ?? {})
      return state
    }

    protected override openScope(kit: Scope<LiveState, LiveEvents>): LiveScope {
      return { ...kit, streams: ports.streams, tally: this.#tally }
    }

    protected override admit(identity: Identity): Promise<Admission> {
      return ports.streams.admit(this.scope.state.streamId, identity)
    }

    protected override onEnter(member: Member): void {
      listCrew(this.scope.state, member)
      if (member.role !== 'host') this.#tally.joined(member.id, ports.world.now())
      this.#tally.viewers(this.members.viewers, ports.world.now())
    }

    protected override onExit(member: Member): void {
      unlistCrew(this.scope.state, member)
      this.#tally.viewers(this.members.viewers, ports.world.now())
    }

    protected override beforeFrame(): void {
      this.#count.publish(this.scope.state, this.members.viewers, ports.world.now())
    }

    protected override onBeat(now: number): void {
      const { state } = this.scope
      this.autoDispose = state.phase !== 'live'
      if (now - this.#pulseAt >= metricsLimits.everyMs) {
        this.#pulseAt = now
        state.metrics.assign({ at: now, head: this.stage.log.head, ...this.#tally.pulse(now) })
      }
      if (now - this.#checkpointAt >= metricsLimits.checkpointEveryMs) {
        this.#checkpointAt = now
        void this.#checkpoint(now)
      }
    }

    override async onDispose(): Promise<void> {
      await this.#checkpoint(ports.world.now())
      await super.onDispose()
    }

    async #checkpoint(now: number): Promise<void> {
      const { phase, streamId } = this.scope.state
      if (phase !== 'live') return
      await ports.streams
        .checkpoint(streamId, this.#tally.numbers(now))
        .catch((err: unknown) => ports.logger.warn({ err }, 'the numbers were not saved'))
    }
  }
}
