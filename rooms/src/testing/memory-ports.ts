/** Plain in-memory ports for room tests: honest about the contract, silent about the outside. */
import type { Journal } from '../kit/journal/journal.ts'
import { PendingSeats } from '../kit/seats.ts'
import {
  type Admission,
  type Identity,
  type LogArchive,
  type LogRecord,
  type RoomMeter,
  type SignedIn,
  type StreamFacts,
  type Streams,
  TokenRefused,
  type World,
} from '../ports.ts'
import type { Standing } from '../moderation/protocol.ts'
import type { StreamNumbers } from '../live/protocol.ts'
import { MemoryBattles } from './memory-battles.ts'
import { MemoryDesk, MemoryNotices } from './memory-desk.ts'
import { MemoryDirectory } from './memory-directory.ts'
import { MemoryGifts } from './memory-gifts.ts'
import { MemoryModeration } from './memory-moderation.ts'
import { MemoryTreasures } from './memory-treasures.ts'

export class MemoryArchive implements LogArchive {
  readonly records = new Map<string, LogRecord[]>()
  readonly #epochs = new Map<string, number>()
  isFull = false
  /** Calls by room what a room is told when another process has opened it. */
  readonly lost = new Map<string, () => void>()

  async open(
    roomId: string,
    lost?: () => void,
    prove?: (epoch: number) => Promise<number | undefined>,
  ): Promise<{ epoch: number; head: number }> {
    if (lost !== undefined) this.lost.set(roomId, lost)
    const epoch = (this.#epochs.get(roomId) ?? 0) + 1
    this.#epochs.set(roomId, epoch)
    const stored = this.#of(roomId).at(-1)?.entry.seq ?? 0
    return { epoch, head: Math.max(stored, (await prove?.(epoch)) ?? 0) }
  }

  async tail(roomId: string, limit: number): Promise<LogRecord[]> {
    return this.#of(roomId).slice(-limit)
  }

  append(roomId: string, _epoch: number, records: LogRecord[]): boolean {
    if (this.isFull) return false
    this.#of(roomId).push(...records)
    return true
  }

  amend(roomId: string, _epoch: number, records: LogRecord[]): boolean {
    if (this.isFull) return false
    const kept = this.#of(roomId)
    for (const record of records) {
      const at = kept.findIndex(({ entry }) => entry.seq === record.entry.seq)
      if (at >= 0) kept[at] = record
    }
    return true
  }

  async flush(): Promise<void> {}

  async closeRoom(): Promise<void> {}

  #of(roomId: string): LogRecord[] {
    const known = this.records.get(roomId) ?? []
    this.records.set(roomId, known)
    return known
  }
}

export class MemoryStreams implements Streams {
  readonly streams = new Map<string, StreamFacts>()
  readonly ended = new Map<string, StreamNumbers>()
  readonly saved = new Map<string, StreamNumbers>()
  readonly moderators = new Set<string>()
  /** How somebody stands, where it is not usual. */
  standing: (userId: string) => Standing | undefined = () => undefined
  readonly banned = new Set<string>()
  readonly blocked = new Set<string>()

  add(id: string, hostId: string, medium: StreamFacts['medium'] = 'video'): StreamFacts {
    const facts: StreamFacts = {
      id,
      hostId,
      channelId: `channel-${id}`,
      channel: hostId,
      title: `Stream ${id}`,
      name: `Channel of ${hostId}`,
      avatarUrl: null,
      category: null,
      language: null,
      country: null,
      medium,
      phase: 'pending',
      startedAt: 0,
      endedAt: 0,
    }
    this.streams.set(id, facts)
    return facts
  }

  async find(streamId: string): Promise<StreamFacts | null> {
    return this.streams.get(streamId) ?? null
  }

  async admit(streamId: string, { userId, platformRole }: Identity): Promise<Admission> {
    const stream = this.streams.get(streamId)
    if (stream === undefined) return { refused: 'not_found' }
    if (this.banned.has(userId)) return { refused: 'banned' }
    if (this.blocked.has(userId)) return { refused: 'blocked' }
    const standing = this.standing(userId)
    const more = standing && { standing }
    if (stream.hostId === userId) return { role: 'host', ...more }
    const moderates = this.moderators.has(userId) || platformRole !== 'user'
    return { role: moderates ? 'moderator' : 'viewer', ...more }
  }

  async start(streamId: string, atMs: number): Promise<boolean> {
    return this.#move(streamId, 'pending', { phase: 'live', startedAt: atMs })
  }

  async end(streamId: string, atMs: number, numbers: StreamNumbers): Promise<StreamNumbers | null> {
    if (!this.#move(streamId, 'live', { phase: 'ended', endedAt: atMs })) return null
    const kept = { ...numbers, newFollows: 0 }
    this.ended.set(streamId, kept)
    return kept
  }

  async update(streamId: string, change: Pick<Partial<StreamFacts>, 'title' | 'category'>) {
    const stream = this.streams.get(streamId)
    if (stream === undefined || stream.phase === 'ended') return false
    this.streams.set(streamId, { ...stream, ...change })
    return true
  }

  async checkpoint(streamId: string, numbers: StreamNumbers): Promise<void> {
    this.saved.set(streamId, numbers)
  }

  async numbers(streamId: string): Promise<StreamNumbers | null> {
    return this.ended.get(streamId) ?? this.saved.get(streamId) ?? null
  }

  #move(streamId: string, from: StreamFacts['phase'], to: Partial<StreamFacts>): boolean {
    const stream = this.streams.get(streamId)
    if (stream?.phase !== from) return false
    this.streams.set(streamId, { ...stream, ...to })
    return true
  }
}

/** Counts instead of measuring. */
export class CountingMeter implements RoomMeter {
  readonly outcomes: string[] = []
  readonly closes: string[] = []
  frames = 0
  skips = 0
  thins = 0
  resyncs = 0

  command(_room: string, name: string, outcome: string): void {
    if (this.outcomes.length < 100_000) this.outcomes.push(`${name} ${outcome}`)
  }
  frame(): void {
    this.frames += 1
  }
  closed(_room: string, reason: string): void {
    this.closes.push(reason)
  }
  thinned(_room: string, sockets: number): void {
    this.thins += sockets
  }
  skipped(_room: string, sockets: number): void {
    this.skips += sockets
  }
  resynced(): void {
    this.resyncs += 1
  }
}

/** A world whose ids count up; time is real unless a clock is given. */
export function countingWorld(now: () => number = Date.now): World {
  let ids = 0
  return { now, newId: () => `id-${String(++ids).padStart(8, '0')}`, random: () => 0.5 }
}

/**
 * Tokens of the form `user:<id>` or `admin:<id>`, with `~<sid>` behind where somebody has several
 * sign-ins; anything else is refused.
 */
export const namedTokens = {
  async authenticate(token: string): Promise<SignedIn> {
    const [person = '', sid = 'only'] = token.split('~')
    const [kind, id] = person.split(':')
    if (!id || (kind !== 'user' && kind !== 'admin')) throw new TokenRefused('no such token')
    return { userId: id, name: `Name of ${id}`, kind: 'account', platformRole: kind, sid }
  },
}

export function memoryPorts(world: World = countingWorld(), journal?: Journal) {
  const errors: { facts: object; text: string }[] = []
  const quiet = () => {}
  const streams = new MemoryStreams()
  const moderation = new MemoryModeration(world, streams.moderators)
  const channels = new MemoryDesk()
  streams.standing = (userId) => ({
    sanction: moderation.sanctions.get(userId) ?? null,
    isVip: moderation.vips.has(userId),
    followedAt: channels.followers.get(userId) ?? null,
  })
  const gifts = new MemoryGifts(world)
  return {
    errors,
    archive: new MemoryArchive(),
    journal,
    streams,
    moderation,
    channels,
    directory: new MemoryDirectory(() => world.now()),
    notices: new MemoryNotices(),
    gifts,
    battles: new MemoryBattles(world, gifts, (id) => streams.streams.get(id)),
    treasures: new MemoryTreasures(world, gifts.balances),
    meter: new CountingMeter(),
    world,
    seats: new PendingSeats(),
    authenticator: namedTokens,
    logger: {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: (facts: object, text: string) => void errors.push({ facts, text }),
    },
  }
}
export type MemoryPorts = ReturnType<typeof memoryPorts>
