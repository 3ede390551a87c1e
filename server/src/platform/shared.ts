/**
 * What the processes of one house share: who runs which room, what they tell each other, what they
 * count together. One process alone has it all in memory.
 */
import { randomUUID } from 'node:crypto'
import { LocalPresence, matchMaker, type MatchMakerDriver, type Presence } from '@colyseus/core'
import { closeCodes } from '@odeon/rooms/protocol'
import type { Logger } from '@odeon/rooms/ports'
import { openRedis, type RedisLink } from './redis.ts'
import { type Forgetting, forgettingAlone, sharedForgetting } from './shared/forgetting.ts'
import { agreeOn, type InCommon } from './shared/agreement.ts'
import { claim, type ClaimFor } from './shared/claim.ts'
import { type Pulse, pulse } from './shared/pulse.ts'
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
  /** Rejects with `ProcessesDiffer` when running processes have something else in common. */
  agreeOn(inCommon: InCommon): Promise<() => void>
  /** Through it caches of all processes forget what changed in one. */
  forgetting: Forgetting
  /** Keeps the listing of this process's rooms whole until the result is called. */
  keepListed(): () => Promise<void>
  /** Which of these rooms are run by some process, as far as is known. */
  listed(roomIds: string[]): Promise<Set<string>>
  /** What gives up a claim on a name again; undefined while another process holds it. */
  claim(name: string, lasting: ClaimFor): Promise<(() => Promise<void>) | undefined>
  /** Which processes live; absent when this one is alone. */
  pulse?: Pulse
  /** Takes out what a dead process listed, and the room that it was found dead by. */
  bury(room: { processId: string; roomId: string }): Promise<void>
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
      forgetting: forgettingAlone,
      agreeOn: async () => () => undefined,
      keepListed: () => () => Promise.resolve(),
      listed: async () => new Set(),
      claim: async () => () => Promise.resolve(),
      settled: () => Promise.resolve(),
      bury: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }
  }
  const redis = await openRedis(redisUrl, log)
  const driver = new SharedDriver({
    link: redis,
    log,
    lost,
    processId: () => matchMaker.processId,
    isHere: (roomId) => matchMaker.getLocalRoomById(roomId) !== undefined,
    tellStats: async () => await matchMaker.stats.persist(true),
  })
  const presence = new SharedPresence(redis.commands, log)
  return {
    presence,
    forgetting: sharedForgetting(presence, redis, { by: randomUUID(), log }),
    driver,
    redis,
    probe: () => redis.ping(),
    agreeOn: (inCommon) => agreeOn(redis, inCommon),
    keepListed: () => driver.keepListed(),
    listed: async (roomIds) => new Set((await driver.findByIds(roomIds)).keys()),
    claim: (name, lasting) => claim(redis, name, lasting),
    settled: () => driver.settled(),
    pulse: pulse({
      redis,
      log,
      processId: () => matchMaker.processId,
      sockets: () => matchMaker.stats.local.ccu,
    }),
    async bury({ processId, roomId }) {
      log.warn({ processId }, 'a process is gone; its rooms are not listed any more')
      await driver.cleanup(processId, roomId)
      await matchMaker.stats.excludeProcess(processId)
    },
    close: () => redis.close(),
  }
}
