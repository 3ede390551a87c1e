/**
 * The listing of rooms over Redis. A room id has one owner; nobody writes over another's entry; a
 * Redis that went away or came back empty is told everything again.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { IRoomCache } from '@colyseus/core'
import { RedisDriver } from '@colyseus/redis-driver'
import type { Logger } from '@odeon/rooms/ports'
import { type RedisLink, RedisUnavailable } from '../redis.ts'
import { listingScripts } from './listing-scripts.ts'

export const listingLimits = {
  relistEveryMs: 2_000,
  /**
   * An empty Redis opens no room before every process had time to list those it has: longer than
   * the slowest of them takes to connect again.
   */
  settleMs: 3_000,
  roomsAtOnceMax: 500,
} as const

/**
 * The library's own key, one that is there as long as what is listed is whole, and the ids of one
 * process's rooms.
 */
const keysOf = (processId: string) => [
  'roomcaches',
  'odeon.listing',
  `odeon.listing.of.${processId}`,
]

interface SharedDriverOptions {
  link: RedisLink
  log: Logger
  /** Of this process, once Colyseus has one. */
  processId(): string
  /** Tells Redis of this process again, beside its rooms. */
  tellStats(): Promise<unknown>
  /** Whether a room of this id is open in this process already, if only to end. */
  isHere(roomId: string): boolean
  /** A room of this process whose id belongs to another process now. */
  lost(roomId: string): void
}

export class SharedDriver extends RedisDriver {
  readonly #options: SharedDriverOptions
  /** What Redis was not told: entries of our rooms to write, and to take out. */
  readonly #unsaid = new Set<string>()
  readonly #gone = new Set<string>()
  /** Of our rooms, as they are now. */
  readonly #own = new Map<string, IRoomCache>()
  /** Writes under way, and those that wait for them with what changed meanwhile. */
  readonly #writing = new Map<string, { now: Promise<void>; next?: Promise<void> }>()
  #marker = ''
  #running: Promise<void> = Promise.resolve()

  constructor(options: SharedDriverOptions) {
    super(options.link.commands)
    refuseSearches(this)
    this.#options = options
  }

  /** Keeps the listing whole until the result is called. */
  keepListed(): () => Promise<void> {
    const round = () => {
      this.#running = this.#running.then(() => this.#relist()).catch(this.#awaitNext)
    }
    round()
    const timer = setInterval(round, listingLimits.relistEveryMs)
    const forget = this.#options.link.onBack(round)
    return async () => {
      clearInterval(timer)
      forget()
      await this.#running
    }
  }

  /** Resolves when what is listed is whole, so that a room that is not listed is not there. */
  async settled(): Promise<void> {
    for (;;) {
      const waitMs = Number(await this.#run('settling', [randomUUID(), listingLimits.settleMs]))
      if (waitMs <= 0) return
      await delay(waitMs)
    }
  }

  /** True when the id is this room's now; false when another has it, one that ends included. */
  async insert(room: IRoomCache): Promise<boolean> {
    const { roomId } = room
    if (this.#options.isHere(roomId)) return false
    try {
      const isOurs = Number(await this.#run('insert', [roomId, JSON.stringify(room)])) === 1
      if (isOurs) this.#keep(room)
      return isOurs
    } catch (error) {
      // Redis may have it all the same: an entry without a room, which would turn everybody away.
      if (!this.#own.has(roomId)) this.#gone.add(roomId)
      throw error
    }
  }

  /** Always true: what Redis was not told now it is told later, and rooms go on meanwhile. */
  override async persist(room: IRoomCache): Promise<boolean> {
    if (!room.roomId) return false
    this.#keep(room)
    await this.#write(room)
    return true
  }

  override async update(
    room: IRoomCache,
    change: Parameters<RedisDriver['update']>[1],
  ): Promise<boolean> {
    const fields = room as unknown as Record<string, unknown>
    Object.assign(fields, change.$set)
    for (const [name, by] of Object.entries(change.$inc ?? {})) {
      fields[name] = Number(fields[name]) + Number(by)
    }
    if (this.#own.get(room.roomId) === room) await this.#write(room)
    return true
  }

  /** Takes out our own entry, never that of a successor. */
  override async remove(roomId: string): Promise<boolean> {
    if (!this.#own.delete(roomId)) return false
    this.#unsaid.delete(roomId)
    this.#gone.add(roomId)
    try {
      await this.#takeOut(roomId, this.#options.processId())
      this.#gone.delete(roomId)
    } catch (error) {
      this.#awaitNext(error)
    }
    return true
  }

  /** Takes out what a dead process listed, and the room that it was found dead by. */
  override async cleanup(processId: string, roomId?: string): Promise<void> {
    try {
      if (roomId !== undefined) await this.#takeOut(roomId, processId)
      const some = [processId, listingLimits.roomsAtOnceMax]
      while (Number(await this.#run('takeOutSome', some, processId)) > 0) continue
    } catch (error) {
      // Whoever asks for one of them finds the process dead, and comes by here again.
      this.#awaitNext(error)
    }
  }

  override async shutdown(): Promise<void> {
    // The link ends its connections itself, in its own time.
  }

  #keep(room: IRoomCache): void {
    this.#own.set(room.roomId, room)
    this.#gone.delete(room.roomId)
  }

  /** An audience that comes at once changes an entry faster than it can be written. */
  #write(room: IRoomCache): Promise<void> {
    const { roomId } = room
    const under = this.#writing.get(roomId)
    if (under === undefined) {
      const now = this.#writeNow(room).finally(() => {
        if (this.#writing.get(roomId)?.now === now) this.#writing.delete(roomId)
      })
      this.#writing.set(roomId, { now })
      return now
    }
    under.next ??= under.now.then(() => {
      // Taken out meanwhile, it stays out.
      if (this.#own.get(roomId) === room) return this.#write(room)
    })
    return under.next
  }

  async #writeNow(room: IRoomCache): Promise<void> {
    const { roomId, processId } = room
    this.#unsaid.add(roomId)
    try {
      const values = [roomId, JSON.stringify(room), processId]
      const isOurs = Number(await this.#run('persist', values)) === 1
      this.#unsaid.delete(roomId)
      if (!isOurs && this.#own.get(roomId) === room) this.#lose(roomId)
    } catch (error) {
      this.#awaitNext(error)
    }
  }

  #lose(roomId: string): void {
    this.#own.delete(roomId)
    this.#options.log.error({ roomId }, 'this room is run by another process now')
    this.#options.lost(roomId)
  }

  async #relist(): Promise<void> {
    const marker = String(await this.#run('marker', [randomUUID()]))
    if (marker !== this.#marker) {
      for (const roomId of this.#own.keys()) this.#unsaid.add(roomId)
      await this.#options.tellStats()
    }
    for (const roomId of this.#gone) {
      await this.#takeOut(roomId, this.#options.processId())
      this.#gone.delete(roomId)
    }
    const rooms = [...this.#unsaid].flatMap((roomId) => this.#own.get(roomId) ?? [])
    for (let from = 0; from < rooms.length; from += listingLimits.roomsAtOnceMax) {
      const some = rooms.slice(from, from + listingLimits.roomsAtOnceMax)
      await Promise.all(some.map((room) => this.#write(room)))
    }
    // Not before all are written: else the next round would think that they are.
    if (this.#unsaid.size === 0) this.#marker = marker
    if (rooms.length > 0) this.#options.log.info({ rooms: rooms.length }, 'listed rooms again')
  }

  async #takeOut(roomId: string, processId: string): Promise<void> {
    await this.#run('takeOut', [roomId, processId], processId)
  }

  #run(
    script: keyof typeof listingScripts,
    values: (string | number)[],
    processId = this.#options.processId(),
  ): Promise<unknown> {
    const keys = keysOf(processId)
    return this.#options.link.commands.eval(listingScripts[script], keys.length, ...keys, ...values)
  }

  readonly #awaitNext = (err: unknown): void => {
    const level = err instanceof RedisUnavailable ? 'debug' : 'error'
    this.#options.log[level]({ err }, 'Redis was not told of rooms; the next round tells it')
  }
}

/**
 * The library answers every question but one for an id by reading all rooms of the house. Whatever
 * comes to ask such a thing fails at its first test, not when the house is full.
 */
function refuseSearches(driver: RedisDriver): void {
  const inner = driver as unknown as { getRooms(): Promise<unknown> }
  inner.getRooms = () => Promise.reject(new Error('rooms are found by their ids'))
}
