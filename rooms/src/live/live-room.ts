/** A live stream's room: its hooks and what it keeps; `live-commands.ts` is its API. */
import type { ChatPosted } from '../chat/protocol.ts'
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import { type Came, OdeonRoom } from '../kit/odeon-room.ts'
import { seatAuth } from '../kit/seat-auth.ts'
import { metricsLimits } from '../metrics/protocol.ts'
import { Tally } from '../metrics/tally.ts'
import type { Standing } from '../moderation/protocol.ts'
import { admitPerson } from '../moderation/read-standing.ts'
import type { Admission, ChannelDesk, Identity, StreamFacts } from '../ports.ts'
import type { LiveEvents } from '../protocol.ts'
import { listCrew, unlistCrew, ViewerCount } from '../roster/keep-roster.ts'
import { liveKind } from './live-kind.ts'
import type { LivePorts } from './live-ports.ts'
import type { LiveScope } from './live-scope.ts'
import type { FloorParts } from './open-floor.ts'
import { openLiveScope } from './open-live-scope.ts'
import { carryOver, stateOf } from './open-state.ts'
import { refreshChannel } from './refresh-channel.ts'
import { liveRoomId } from './room-id.ts'
import type { LiveState } from './state.ts'
import {
  endAbandoned,
  endByHouse,
  purgePerson,
  removeLines,
  restoreLines,
  tendChat,
} from './tend-chat.ts'

/** The room class of live streams of a kind, holding its ports. */
export function defineLiveRoom(ports: LivePorts, kind = liveKind) {
  return class LiveRoom extends OdeonRoom<LiveState, LiveEvents, LiveScope> {
    static override onAuth = seatAuth(ports)
    override maxClients = kind.viewersMax
    protected override readonly ports = ports
    protected override readonly commands = kind.commands
    protected override readonly sparing = kind.sparing?.()
    /** The channel's owner. */
    hostId = ''
    channelId = ''
    readonly #count = new ViewerCount()
    #facts!: StreamFacts
    #desk!: Awaited<ReturnType<ChannelDesk['chat']>>
    #tally!: Tally
    #tallied = () => {}
    #pulseAt = 0
    #checkpointAt = 0
    #isTakenOver = false

    // --- what the server may ask of the room, besides `dismiss`; what is read never rejects ---

    /** Role or standing of a person may have changed: asks for them anew. */
    refreshStanding(userId: string): Promise<void> {
      return this.#read(this.scope.refresh(userId), 'how somebody stands was not read again')
    }

    /** The channel or the record of the stream changed: settings, emotes, name, title and so on. */
    refreshChannel(): Promise<void> {
      return this.#read(refreshChannel(this.scope), 'the channel was not read again')
    }

    /** Takes out what a person said here. */
    purge(userId: string): void {
      purgePerson(this.scope, userId)
    }

    /** Takes out lines by their ids. */
    removeLines(ids: readonly string[]): void {
      removeLines(this.scope, ids)
    }

    /** Puts back lines that an undone decision took out, as they were. */
    restoreLines(lines: ChatPosted[]): void {
      restoreLines(this.scope, lines)
    }

    /** Ends the stream on behalf of the staff. False when it was not live. */
    endStream(): Promise<boolean> {
      return endByHouse(this.scope)
    }

    /** Whoever joins at this moment was admitted by a record from before. */
    override dismiss(userId: string): void {
      this.scope.standings.decided()
      this.scope.floor.putOut(userId)
      super.dismiss(userId)
    }

    /** Whoever an earlier process had on the floor may be no member any more. */
    override signOut(userId: string, sid?: string): void {
      super.signOut(userId, sid)
      const { floor } = this.scope
      floor.forgo(userId)
      floor.voices.signedOut(userId, sid)
    }

    override handOn(userId: string, change: { from: string; to: string }): void {
      super.handOn(userId, change)
      this.scope.floor.voices.handedOn(userId, change)
    }

    // --- life ---

    protected override async openState(options: unknown): Promise<LiveState> {
      const { streamId } = options as { streamId: string }
      const facts = await ports.streams.find(streamId)
      if (facts === null) throw new Error(`no stream ${streamId}`)
      this.roomId = liveRoomId(streamId)
      this.hostId = facts.hostId
      this.channelId = facts.channelId
      this.#facts = facts
      const [before, desk] = await Promise.all([
        ports.streams.numbers(streamId),
        ports.channels.chat(facts.channelId),
      ])
      this.#desk = desk
      const now = ports.world.now()
      this.#tally = new Tally(facts.startedAt, now, before)
      this.#checkpointAt = now
      return stateOf(facts, desk, before, kind.floor)
    }

    protected override takeOver(state: LiveState, before: LiveState): void {
      carryOver(state, before)
      this.#isTakenOver = true
      this.#count.hold(before.viewerCount, ports.world.now())
    }

    /** An ended stream's room has nothing to go on with. */
    protected override get isOver(): boolean {
      return this.scope.state.phase === 'ended'
    }

    protected override openScope(kit: Scope<LiveState, LiveEvents>): LiveScope {
      const now = ports.world.now()
      const tally = kit.memory.keep('tally', () => this.#tally.numbers(ports.world.now()))
      if (tally.before) this.#tally = new Tally(this.#facts.startedAt, now, tally.before)
      this.#tallied = tally.changed
      return openLiveScope(kit, {
        ports,
        facts: this.#facts,
        desk: this.#desk,
        tally: this.#tally,
        viewers: () => this.members.viewers,
        present: (userId) => this.members.get(userId),
        head: () => this.stage.log.head,
        floor: this.#floorParts(),
        giving: { desk: ports.gifts, hostId: this.hostId, isTakenOver: this.#isTakenOver },
        plays: { ...ports, touch: () => this.stage.touch() },
      })
    }

    #floorParts(): FloorParts {
      return {
        kind: kind.floor,
        hostId: this.hostId,
        roomId: this.roomId,
        media: ports.media,
        isTakenOver: this.#isTakenOver,
        hasVisitors: () => this.scope?.battles?.house.isShared === true,
        isReached: (userId) => this.isReached(userId),
        crew: () => this.members.crew,
        touch: () => this.stage.touch(),
        abandoned: () => endAbandoned(this.scope),
      }
    }

    protected override async admit(identity: Identity): Promise<Admission> {
      const admission = await admitPerson(this.scope, identity)
      this.scope.unsure.forget(identity.userId)
      return admission
    }

    protected override standingOf({ id }: Member): Standing {
      return this.scope.standings.of(id)
    }

    protected override onEnter(member: Member): void {
      this.#list(member)
      this.scope.chat.people.came(member)
      this.scope.floor.came(member)
      if (member.role !== 'host') this.#tally.joined(member.id, ports.world.now())
      this.#tally.viewers(this.members.viewers, ports.world.now())
    }

    protected override isGone(userId: string): boolean {
      return this.scope.floor.isGone(userId)
    }

    /** A relay asked the record; a decision made since then is found by asking again. */
    protected override onAdmitted({ identity, admission, isAgain }: Came): void {
      const { assign, floor, standings, unsure } = this.scope
      const { userId } = identity
      // What was decided since they came is known here.
      if (isAgain && standings.identityOf(userId) !== undefined) return
      standings.record(identity, admission.standing, admission.isMarked)
      if (!isAgain) assign(userId, admission.role)
      const isFresh = standings.isFresh(ports.world.now())
      if (isAgain || isFresh) unsure.add(userId)
      // The crew hears what others do not, and who was put out nothing.
      const isPressing = admission.role !== 'viewer' || floor.isOut(userId)
      if (isFresh || isPressing) this.#settle(unsure.settle(userId))
    }

    protected override sureOf({ id }: Member): Promise<unknown> | undefined {
      return this.scope.unsure.settle(id)
    }

    protected override onStay(member: Member, identity: Identity): void {
      // How they stand is asked, as of those whom a relay brings.
      this.scope.standings.record(identity)
      this.scope.unsure.add(member.id)
      this.#list(member)
      this.scope.chat.people.came(member)
      this.scope.floor.came(member)
      this.#tally.viewers(this.members.viewers, ports.world.now())
    }

    protected override onExit(member: Member): void {
      unlistCrew(this.scope.state, member)
      this.scope.chat.people.left(member.id)
      this.scope.floor.left(member.id)
      this.scope.standings.forget(member.id)
      this.scope.unsure.forget(member.id)
      this.#tally.viewers(this.members.viewers, ports.world.now())
    }

    protected override beforeFrame(): void {
      this.scope.floor.settle()
      this.#count.publish(this.scope.state, this.members.viewers, ports.world.now())
    }

    protected override onBeat(now: number): void {
      const { state } = this.scope
      this.autoDispose = state.phase !== 'live' && !this.isCarried
      tendChat(this.scope, now)
      this.scope.floor.beat(now)
      this.scope.standings.isFresh(now)
      this.#settle(...this.scope.unsure.settleSome())
      if (now - this.#pulseAt >= metricsLimits.everyMs) {
        this.#pulseAt = now
        this.#tallied()
        state.metrics.assign({ at: now, head: this.stage.log.head, ...this.#tally.pulse(now) })
      }
      this.scope.listing.beat(now)
      this.scope.giving?.beat(now)
      this.scope.battles?.house.beat(now)
      this.scope.treasures?.house.beat(now)
      if (now - this.#checkpointAt >= metricsLimits.checkpointEveryMs) {
        this.#checkpointAt = now
        void this.#checkpoint(now)
      }
    }

    /** Whoever goes to another process goes on to be heard meanwhile. */
    override disconnect(closeCode?: number): Promise<unknown> {
      this.scope?.floor.stop()
      return super.disconnect(closeCode)
    }

    override async onDispose(): Promise<void> {
      this.scope?.alarm.stop()
      this.scope?.floor.close()
      this.scope?.battles?.house.stop()
      this.scope?.treasures?.house.stop()
      this.scope?.listing.withdraw()
      await this.#checkpoint(ports.world.now())
      await super.onDispose()
    }

    #list(member: Member): void {
      const { standings, state } = this.scope
      listCrew(state, member, standings.levelOf(member.id, ports.world.now()))
    }

    #settle(...reading: (Promise<void> | undefined)[]): void {
      for (const work of reading) {
        if (work) this.scope.aside(work, 'how somebody stands was not read again')
      }
    }

    /** Whoever says that something changed has stored it: what a room makes of it is not theirs. */
    #read(work: Promise<void>, failure: string): Promise<void> {
      const { roomId: room } = this
      return work.catch((err: unknown) => ports.logger.error({ err, room }, failure))
    }

    async #checkpoint(now: number): Promise<void> {
      // A room that failed to open ends, too, and has no numbers.
      const { phase, streamId } = this.scope?.state ?? {}
      if (phase !== 'live' || streamId === undefined) return
      await ports.streams
        .checkpoint(streamId, this.#tally.numbers(now))
        .catch((err: unknown) => ports.logger.warn({ err }, 'the numbers were not saved'))
    }
  }
}
