/**
 * What the processes of one house share: who runs which room, what they tell each other, what they
 * count together. One process alone has it all in memory.
 */
import { LocalPresence, matchMaker, type MatchMakerDriver, type Presence } from '@colyseus/core'
import { closeCodes } from '@odeon/rooms/protocol'
import type { Logger } from '@odeon/rooms/ports'
import { openRedis, type RedisLink } from './redis.ts'
import { SharedDriver } from './shared/shared-driver.ts'
import { SharedPresence } from './shared/shared-presence.ts'

export interface Shared {
  presence: Presence
  /** Absent: Colyseus keeps the listing of rooms in memory. */
  driver?: MatchMakerDriver
  /** Absent when this process is alone. */
  redis?: RedisLink
  /** Rejects when what is shared cannot be reached. */
  probe?(): Promise<void>
  /** Keeps the listing of this process's rooms whole until the result is called. */
  keepListed(): () => Promise<void>
  /** Which of these rooms are run by some process, as far as is known. */
  listed(roomIds: string[]): Promise<Set<string>>
  /** Resolves when a room that is not listed is not there. */
  settled(): Promise<void>
  close(): Promise<void>
}

export interface SharedOptions {
  redisUrl: string | undefined
  log: Logger
}

/** Everybody in it is sent to where it is run now. */
function lost(roomId: string): void {
  void matchMaker.getLocalRoomById(roomId)?.disconnect(closeCodes.moved)
}

/** Rejects with `RedisUnavailable` when there is no Redis where one shall be. */
export async function openShared({ redisUrl, log }: SharedOptions): Promise<Shared> {
  if (redisUrl === undefined) {
    return {
      presence: new LocalPresence(),
      keepListed: () => () => Promise.resolve(),
      listed: async () => new Set(),
      settled: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }
  }
  const redis = await openRedis(redisUrl, log)
  const driver = new SharedDriver({ link: redis, log, lost })
  return {
    presence: new SharedPresence(redis.commands, log),
    driver,
    redis,
    probe: () => redis.ping(),
    keepListed: () => driver.keepListed(),
    listed: async (roomIds) => new Set((await driver.findByIds(roomIds)).keys()),
    settled: () => driver.settled(),
    close: () => redis.close(),
  }
}
