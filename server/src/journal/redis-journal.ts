/**
 * The journal in Redis: a stream of frames and a snapshot for each room, behind a fence that holds
 * the highest epoch. What checks the fence and what writes is one script, so nothing fits between.
 */
import type { Journal, Kept, Place, Unfollow } from '@odeon/rooms'
import { JournalAway, JournalFenced } from '@odeon/rooms'
import type { BoundedRedis } from '../platform/redis/bounded-redis.ts'
import { type RedisLink, RedisUnavailable } from '../platform/redis.ts'
import { RedisTopics } from './redis-topics.ts'

export const journalLimits = {
  /** How long a frame may take to be kept before the room goes on without. */
  appendMs: 750,
  /** How long a room's journal outlives its last frame. */
  keptMs: 60 * 60_000,
} as const

/** Raises the fence, or finds that somebody else has. `held` is the highest epoch known. */
const fence = `
  local held = tonumber(redis.call('GET', KEYS[1]) or '0')
  local epoch = tonumber(ARGV[1])`

const scripts = {
  claim: {
    numberOfKeys: 3,
    lua: `${fence}
      if held >= epoch then return false end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      return {redis.call('GET', KEYS[3]) or '', redis.call('XRANGE', KEYS[2], '-', '+')}`,
  },
  append: {
    numberOfKeys: 3,
    lua: `${fence}
      if held > epoch then return 'fenced' end
      redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
      local added = redis.pcall('XADD', KEYS[2], ARGV[3], 'f', ARGV[4])
      if type(added) == 'table' and added.err then
        if string.find(added.err, 'equal or smaller', 1, true) then return 'kept' end
        return added
      end
      if ARGV[5] ~= '0-0' then redis.call('XTRIM', KEYS[2], 'MINID', ARGV[5]) end
      redis.call('PEXPIRE', KEYS[2], ARGV[2])
      redis.call('PEXPIRE', KEYS[3], ARGV[2])
      redis.call('PUBLISH', ARGV[6], ARGV[4])
      return 'kept'`,
  },
  snapshot: {
    numberOfKeys: 3,
    lua: `${fence}
      if held > epoch then return 'fenced' end
      redis.call('SET', KEYS[3], ARGV[3], 'PX', ARGV[2])
      return 'kept'`,
  },
  drop: {
    numberOfKeys: 3,
    lua: `${fence}
      if held > epoch then return 'fenced' end
      redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
      return 'kept'`,
  },
} as const

type Said = Buffer | string | number
type Script = (...given: Said[]) => Promise<unknown>

export class RedisJournal implements Journal {
  readonly #redis: BoundedRedis
  readonly #topics: RedisTopics

  /** Uses connections of `link`, which are closed with it. */
  constructor(link: RedisLink) {
    this.#redis = link.another({ commandTimeout: journalLimits.appendMs })
    for (const [name, script] of Object.entries(scripts)) {
      this.#redis.defineCommand(`journal_${name}`, script)
    }
    this.#topics = new RedisTopics(link.subscriber)
  }

  async claim(roomId: string, epoch: number): Promise<Kept> {
    const kept = (await this.#run('claim', roomId, epoch)) as [Buffer, StreamEntry[]] | null
    if (kept === null) throw fenced(roomId)
    const [snapshot, entries] = kept
    return {
      snapshot: snapshot.byteLength > 0 ? snapshot : undefined,
      records: entries.map(recordOf),
    }
  }

  async append(roomId: string, at: Place, record: Buffer, keepFrom: Place): Promise<void> {
    const topic = frameTopic(roomId)
    await this.#write('append', roomId, at.epoch, idOf(at), record, idOf(keepFrom), topic)
  }

  async snapshot(roomId: string, epoch: number, snapshot: Buffer): Promise<void> {
    await this.#write('snapshot', roomId, epoch, snapshot)
  }

  async tell(roomId: string, word: Buffer): Promise<void> {
    await named(this.#redis.publish(frameTopic(roomId), word))
  }

  async drop(roomId: string, epoch: number): Promise<void> {
    await this.#run('drop', roomId, epoch)
  }

  async read(roomId: string): Promise<Kept> {
    const [, frames, snapshot] = keysOf(roomId)
    const reading = this.#redis.multi().getBuffer(snapshot).xrangeBuffer(frames, '-', '+').exec()
    const [[, kept] = [], [, entries] = []] = (await named(reading)) ?? []
    return {
      snapshot: (kept as Buffer | null) ?? undefined,
      records: (entries as StreamEntry[]).map(recordOf),
    }
  }

  async since(roomId: string, after: Place, max: number): Promise<Buffer[]> {
    const [, frames] = keysOf(roomId)
    const from = `(${idOf(after)}`
    const entries = await named(this.#redis.xrangeBuffer(frames, from, '+', 'COUNT', max))
    return (entries as StreamEntry[]).map(recordOf)
  }

  follow(roomId: string, hear: (bytes: Buffer) => void): Promise<Unfollow> {
    return named(this.#topics.hear(frameTopic(roomId), hear))
  }

  async ask(roomId: string, bytes: Buffer): Promise<void> {
    await named(this.#redis.publish(askTopic(roomId), bytes))
  }

  listen(roomId: string, hear: (bytes: Buffer) => void): Promise<Unfollow> {
    return named(this.#topics.hear(askTopic(roomId), hear))
  }

  async #write(name: keyof typeof scripts, roomId: string, ...given: Said[]): Promise<void> {
    const outcome = await this.#run(name, roomId, ...given)
    if (String(outcome) === 'fenced') throw fenced(roomId)
  }

  /** Every script is given the epoch and how long to keep what it writes. */
  #run(name: keyof typeof scripts, roomId: string, ...given: Said[]): Promise<unknown> {
    const redis = this.#redis as unknown as Record<string, Script>
    const [epoch, ...more] = given as [number, ...Said[]]
    const run = redis[`journal_${name}Buffer`] as Script
    return named(run.call(redis, ...keysOf(roomId), epoch, journalLimits.keptMs, ...more))
  }
}

type StreamEntry = [id: Buffer, fields: [name: Buffer, record: Buffer]]

const recordOf = ([, [, record]]: StreamEntry): Buffer => record

/** Ids of a Redis stream grow, as places do. */
const idOf = ({ epoch, n }: Place): string => `${epoch}-${n}`

/** The braces keep a room's keys in one slot of a cluster. */
const keysOf = (roomId: string) =>
  [`odeon:{${roomId}}:fence`, `odeon:{${roomId}}:frames`, `odeon:{${roomId}}:snapshot`] as const
const frameTopic = (roomId: string) => `odeon:{${roomId}}:frames`
const askTopic = (roomId: string) => `odeon:{${roomId}}:asks`

const fenced = (roomId: string) => new JournalFenced(`a later epoch has room ${roomId}`)

async function named<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (error instanceof RedisUnavailable) throw new JournalAway(error.message, { cause: error })
    throw error
  }
}
