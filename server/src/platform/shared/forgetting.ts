/**
 * What one process forgets because it changed, all forget: caches share their news by a name. After
 * a time without Redis nobody knows what was missed, so all of it is read anew.
 */
import type { Presence } from '@colyseus/core'
import type { Logger } from '@odeon/rooms/ports'
import { z } from 'zod'
import type { RedisLink } from '../redis.ts'

const topic = 'odeon.forget'
const keysPerMessageMax = 500

const message = z.object({
  by: z.string().max(128),
  forgotten: z.array(z.tuple([z.string().max(64), z.string().max(256)])).max(keysPerMessageMax),
})

/** A cache as it is seen from here. */
export interface Forgetful {
  /** In this process alone. */
  forget(key: string): void
  clear(): void
  /** Set by whoever shares it: called when something was deleted because it changed. */
  deleted: ((key: string) => void) | undefined
}

export interface Forgetting {
  /** `name` is the same in all processes and of one cache alone. */
  share(name: string, cache: Forgetful): void
  listen(): () => Promise<void>
}

export const forgettingAlone: Forgetting = {
  share: () => undefined,
  listen: () => () => Promise.resolve(),
}

export function sharedForgetting(
  presence: Presence,
  redis: Pick<RedisLink, 'onBack'>,
  { by, log }: { by: string; log: Logger },
): Forgetting {
  const caches = new Map<string, Forgetful>()
  let waiting: [name: string, key: string][] = []

  const send = () => {
    const forgotten = waiting
    waiting = []
    for (let from = 0; from < forgotten.length; from += keysPerMessageMax) {
      const some = forgotten.slice(from, from + keysPerMessageMax)
      Promise.resolve(presence.publish(topic, { by, forgotten: some })).catch((err: unknown) =>
        log.debug({ err }, 'others read anew what changed when Redis is back'),
      )
    }
  }
  const hear = (said: unknown) => {
    const { data, error } = message.safeParse(said)
    if (error) return log.error({ err: error }, 'a cache was told nonsense')
    if (data.by === by) return
    for (const [name, key] of data.forgotten) caches.get(name)?.forget(key)
  }

  return {
    share(name, cache) {
      if (caches.has(name)) throw new Error(`two caches are called ${name}`)
      caches.set(name, cache)
      cache.deleted = (key) => {
        // Before what is asked of rooms in the same moment: they read what changed.
        if (waiting.push([name, key]) === 1) queueMicrotask(send)
      }
    },
    listen() {
      const listening = Promise.resolve(presence.subscribe(topic, hear))
      const forgetAll = redis.onBack(() => {
        for (const cache of caches.values()) cache.clear()
      })
      return async () => {
        forgetAll()
        await listening
        await presence.unsubscribe(topic, hear)
      }
    },
  }
}
