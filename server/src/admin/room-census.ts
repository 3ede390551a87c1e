/** The rooms of all processes: each is asked for its own, and who does not answer is left out. */
import type { Logger } from '@odeon/rooms/ports'
import { z } from 'zod'
import type { Shared } from '../platform/shared.ts'
import { adminLimits, type AdminRoom, adminRoom } from './protocol.ts'

const topic = 'odeon.census'

export const censusLimits = {
  /** How long the slowest process has to answer. */
  waitMs: 1_000,
} as const

const question = z.object({ id: z.string().max(128) })
const answer = z.object({ rooms: z.array(adminRoom).max(adminLimits.roomsMax) })

export interface CensusDeps {
  shared: Pick<Shared, 'presence' | 'redis'>
  log: Logger
  newId(): string
  /** Those of this process. */
  here(): AdminRoom[]
}

export interface RoomCensus {
  all(): Promise<AdminRoom[]>
  listen(): () => Promise<void>
}

export function roomCensus({ shared, log, newId, here }: CensusDeps): RoomCensus {
  const { presence, redis } = shared
  if (redis === undefined) {
    return { all: async () => here(), listen: () => () => Promise.resolve() }
  }
  const own = new Set<string>()
  const topicOf = (id: string) => `${topic}.${id}`

  const hear = (asked: unknown) => {
    const { data } = question.safeParse(asked)
    if (!data || own.has(data.id)) return
    Promise.resolve(presence.publish(topicOf(data.id), { rooms: here() })).catch((err: unknown) =>
      log.debug({ err }, 'an administrator was not answered'),
    )
  }

  return {
    async all() {
      const id = newId()
      own.add(id)
      const rooms: AdminRoom[] = []
      const everybody = Promise.withResolvers<void>()
      let awaited = Number.POSITIVE_INFINITY
      let answers = 0
      const take = (said: unknown) => {
        const { data, error } = answer.safeParse(said)
        if (error) log.error({ err: error }, 'a process told nonsense of its rooms')
        rooms.push(...(data?.rooms ?? []))
        answers += 1
        if (answers >= awaited) everybody.resolve()
      }
      const timer = setTimeout(() => everybody.resolve(), censusLimits.waitMs)
      try {
        await presence.subscribe(topicOf(id), take)
        const listening = await redis.commands.pubsub('NUMSUB', topic)
        await presence.publish(topic, { id })
        awaited = Number(listening[1]) - 1
        if (answers >= awaited) everybody.resolve()
        await everybody.promise
      } catch (err) {
        log.warn({ err }, 'other processes could not be asked for their rooms')
      } finally {
        clearTimeout(timer)
        own.delete(id)
        void presence.unsubscribe(topicOf(id), take)
      }
      return [...here(), ...rooms]
    },

    listen() {
      const listening = Promise.resolve(presence.subscribe(topic, hear))
      return async () => {
        await listening
        await presence.unsubscribe(topic, hear)
      }
    },
  }
}
