/**
 * The media of all open rooms of this process, carried by LiveKit. It watches whether LiveKit
 * answers, and compares each room with it now and then, as what LiveKit tells may be lost.
 */
import { refuse } from '@odeon/rooms'
import type { Logger, Media, MediaOwner, RoomMedia, World } from '@odeon/rooms/ports'
import { mediaRefusals, visitTab } from '@odeon/rooms/protocol'
import { WebhookEvent } from 'livekit-server-sdk'
import type { Registry } from 'prom-client'
import { Asks, type Reach } from './asks.ts'
import { Comparing, compareLimits } from './comparing.ts'
import { mintTicket } from './grants.ts'
import { HeardOnce } from './heard-once.ts'
import { LiveKitRoom } from './livekit-room.ts'
import { mediaEvent } from './media-event.ts'
import { type MediaMeter, mediaMeter } from './media-meter.ts'
import { isAnswer, roomCalls } from './room-calls.ts'
import { RoomsOver } from './rooms-over.ts'
import type { LiveKitAddress } from './settings.ts'

export const livekitLimits = {
  /** Whether it answers is looked at so often, up or down. */
  probeEveryMs: 1_000,
  ...compareLimits,
  endedAtOnceMax: 8,
  /** Longer than a signature holds. */
  heardKeptMs: 15 * 60_000,
  heardMax: 100_000,
} as const

/** Processes tell each other what LiveKit told one of them. */
const topic = 'odeon.media'
/** In the place of an event that one of them could not hear; LiveKit has none of this name. */
const unheard: string = 'odeon_unheard'

export interface LiveKitMediaDeps {
  presence: {
    subscribe(topic: string, hear: (body: string) => void): Promise<unknown>
    unsubscribe(topic: string, hear: (body: string) => void): unknown
    publish(topic: string, body: string): unknown
  }
  world: Pick<World, 'now'>
  log: Logger
  registry?: Registry | undefined
  /** Told of each event's name that is not about a room's people: `egress_ended`. */
  also?: ((event: string) => void) | undefined
}

export class LiveKitMedia implements Media {
  readonly #deps: LiveKitMediaDeps
  readonly #rooms = new Map<string, LiveKitRoom>()
  readonly #comparing: Comparing
  readonly #heard: HeardOnce
  readonly #over = new RoomsOver()
  readonly #asks: Asks
  /** Rooms that are over and whose media are not. */
  readonly #unended = new Set<string>()
  readonly meter: MediaMeter
  #reach: Reach | undefined
  #isUp = false
  #timer: NodeJS.Timeout | undefined
  #tending: Promise<void> | undefined

  constructor(deps: LiveKitMediaDeps) {
    this.#deps = deps
    const { now } = deps.world
    const { heardKeptMs: keptMs, heardMax: idsMax } = livekitLimits
    this.#heard = new HeardOnce({ keptMs, idsMax, now })
    this.#asks = new Asks({
      reach: () => (this.#isUp ? this.#reach : undefined),
      doubt: (error) => {
        if (!isAnswer(error)) void this.#tend()
      },
      log: deps.log,
    })
    this.#comparing = new Comparing({ rooms: this.#rooms, isUp: () => this.#isUp, now })
    const rooms = () => [...this.#rooms.values()].map(({ present }) => present)
    this.meter = mediaMeter(() => ({ isUp: this.#isUp, rooms: rooms() }), deps.registry)
  }

  get isUp(): boolean {
    return this.#isUp
  }

  /** The LiveKit to use; undefined while there is none. */
  get signer(): LiveKitAddress | undefined {
    return this.#reach?.at
  }

  /** From now on this LiveKit is used. Resolves when it was looked at. */
  async use(at: LiveKitAddress): Promise<void> {
    this.#reach = { at, calls: roomCalls(at) }
    await this.#tend()
  }

  /** Hears other processes and watches LiveKit until the result is called. */
  listen(): () => Promise<void> {
    const { presence, log } = this.#deps
    const hear = (body: string) => this.#hear(body)
    const heard = Promise.resolve(presence.subscribe(topic, hear))
    heard.catch((err: unknown) => log.error({ err }, 'other processes are not heard of media'))
    this.#timer = setInterval(() => void this.#tend(), livekitLimits.probeEveryMs)
    return async () => {
      clearInterval(this.#timer)
      this.#reach = undefined
      await this.#tending
      await Promise.resolve(presence.unsubscribe(topic, hear)).catch(() => undefined)
    }
  }

  /** LiveKit told something, and its signature holds. */
  told(body: string): void {
    const { presence, log } = this.#deps
    Promise.resolve(presence.publish(topic, body)).catch((err: unknown) => {
      log.warn({ err }, 'what LiveKit told was not passed on')
    })
  }

  /** LiveKit told something that nobody could hear: rooms are looked at instead. */
  unheard(): void {
    this.told(JSON.stringify({ event: unheard }))
  }

  open(roomId: string, owner: MediaOwner): RoomMedia {
    this.#rooms.get(roomId)?.release()
    this.#over.remove(roomId)
    this.#unended.delete(roomId)
    const room = new LiveKitRoom({
      roomId,
      owner,
      asks: this.#asks,
      closed: (one) => {
        this.#comparing.closed(one)
        if (this.#rooms.get(roomId) === one) this.#rooms.delete(roomId)
      },
      again: (one) => this.#comparing.soon(one),
      // Somebody may have opened it again meanwhile.
      unended: (id) => void (this.#rooms.has(id) || this.#unended.add(id)),
      over: (id) => this.#over.add(id, this.#deps.world.now()),
      now: this.#deps.world.now,
      meter: this.meter,
    })
    this.#rooms.set(roomId, room)
    queueMicrotask(() => {
      room.turned(this.#isUp)
      this.#comparing.opened(room)
    })
    return room
  }

  /** Names of the rooms that LiveKit has; rejects when it does not answer. */
  async roomIds(): Promise<string[]> {
    return (await this.#reach?.calls.rooms()) ?? []
  }

  /**
   * Ends the media of a room that is over, whose process did not; false when the room is open here.
   * Rejects when LiveKit does not do it.
   */
  async endLeft(roomId: string): Promise<boolean> {
    if (this.#rooms.has(roomId) || this.#reach === undefined) return false
    this.#over.add(roomId, this.#deps.world.now())
    await this.#reach.calls.end(roomId)
    return true
  }

  async visit(roomId: string, person: { id: string; name: string }, tab: string) {
    const there = this.#isUp ? this.#reach : undefined
    if (there === undefined) refuse(mediaRefusals, 'media_unavailable')
    const grant = { publish: [], subscribe: true, isHidden: true }
    const { now } = this.#deps.world
    return await mintTicket(there.at, { roomId, person, tab: visitTab(tab), grant, now: now() })
  }

  #hear(body: string): void {
    const said = WebhookEvent.fromJson(JSON.parse(body), { ignoreUnknownFields: true })
    if (said.event === unheard) return this.#comparing.unheard()
    if (said.egressInfo || said.ingressInfo) return this.#deps.also?.(said.event)
    const event = mediaEvent(said)
    if (event === undefined || !this.#heard.isNew(event.id)) return
    const room = this.#rooms.get(event.roomId)
    room?.hear(event)
    if (room === undefined && event.kind === 'joined') this.#endAgain(event.roomId)
  }

  /** LiveKit opens a room anew for whoever comes with a token from before its end. */
  #endAgain(roomId: string): void {
    const now = this.#deps.world.now()
    if (!this.#over.has(roomId, now)) return
    this.#over.add(roomId, now)
    this.#reach?.calls.end(roomId).catch((err: unknown) => {
      this.#deps.log.warn({ err, room: roomId }, 'a room that is over could not be ended again')
    })
  }

  /** One look at a time; who asks meanwhile gets that one. */
  #tend(): Promise<void> {
    this.#tending ??= this.#look().finally(() => {
      this.#tending = undefined
    })
    return this.#tending
  }

  async #look(): Promise<void> {
    const looked = this.#reach
    if (looked === undefined) return
    const problem = await looked.calls.probe().then(
      () => undefined,
      (error: unknown) => error ?? new Error('no reason'),
    )
    if (this.#reach !== looked) return
    this.#turn(problem === undefined, problem)
    if (!this.#isUp) return
    await Promise.all([this.#comparing.due(), this.#endUnended(looked)])
  }

  async #endUnended({ calls }: Reach): Promise<void> {
    const some = [...this.#unended].slice(0, livekitLimits.endedAtOnceMax)
    const endOne = async (roomId: string) => {
      if (!this.#rooms.has(roomId)) await calls.end(roomId)
      this.#unended.delete(roomId)
    }
    // Those that fail are tried with the next look.
    await Promise.allSettled(some.map(endOne))
  }

  #turn(isUp: boolean, err: unknown): void {
    if (isUp === this.#isUp) return
    this.#isUp = isUp
    if (isUp) this.#deps.log.info({}, 'LiveKit answers')
    else this.#deps.log.warn({ err }, 'LiveKit does not answer')
    for (const room of this.#rooms.values()) {
      room.turned(isUp)
      this.#comparing.soon(room)
    }
  }
}
