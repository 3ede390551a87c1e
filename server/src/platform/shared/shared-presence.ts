/**
 * Colyseus' presence over Redis, for a Redis that may go away: what Colyseus does not wait for is
 * no rejection that nobody awaited, what failed says so, what was subscribed to comes back.
 */
import { RedisPresence } from '@colyseus/redis-presence'
import type { Logger } from '@odeon/rooms/ports'
import type { BoundedRedis } from '../redis/bounded-redis.ts'

export class SharedPresence extends RedisPresence {
  readonly #log: Logger
  readonly #commands: BoundedRedis

  constructor(commands: BoundedRedis, log: Logger) {
    const ours = commands.listeners('error')
    super(commands)
    // Each retry of each connection would be a warning; the link says once that Redis is away.
    for (const listener of commands.listeners('error')) {
      if (!ours.includes(listener)) commands.off('error', listener as () => void)
    }
    this.sub.removeAllListeners('error').on('error', () => undefined)
    this.#commands = commands
    this.#log = log
    this.#guardListeners()
  }

  /** What a listener makes of a message is no reason for the process to end, whoever sent it. */
  #guardListeners(): void {
    const handle = this.handleSubscription
    this.handleSubscription = (topic: string, message: string) => {
      try {
        handle(topic, message)
      } catch (err) {
        this.#log.error({ err, topic }, 'what was heard over Redis was not understood')
      }
    }
  }

  /** Resolves though Redis is away: the topic is known, and heard as soon as Redis is back. */
  override async subscribe(topic: string, callback: (message: unknown) => void): Promise<this> {
    try {
      await super.subscribe(topic, callback)
    } catch (err) {
      this.#log.debug({ err, topic }, 'will be heard when Redis is back')
    }
    return this
  }

  override unsubscribe(topic: string, callback?: () => void) {
    return mayFail(super.unsubscribe(topic, callback))
  }

  override publish(topic: string, message: unknown): Promise<void> {
    return mayFail(super.publish(topic, message))
  }

  override hset(key: string, field: string, value: string): Promise<boolean> {
    return mayFail(super.hset(key, field, value))
  }

  /** Resolves though Redis is away: a process that ends then is found dead by the others. */
  override hdel(key: string, field: string): Promise<boolean> {
    return super.hdel(key, field).catch(() => false)
  }

  // These resolve with the error in the library, so that failure looks like success.

  override set(key: string, value: string): Promise<unknown> {
    return mayFail(this.#commands.set(key, value))
  }

  override setex(key: string, value: string, seconds: number): Promise<unknown> {
    return mayFail(this.#commands.setex(key, seconds, value))
  }

  override expire(key: string, seconds: number): Promise<unknown> {
    return mayFail(this.#commands.expire(key, seconds))
  }

  override del(key: string): Promise<unknown> {
    return mayFail(this.#commands.del(key))
  }

  override sadd(key: string, value: unknown): Promise<unknown> {
    return mayFail(this.#commands.sadd(key, String(value)))
  }

  /** The link ends its connections itself, in its own time. */
  override shutdown(): void {}
}

/** Whoever awaits it learns of a failure; whoever does not is no fault of the process. */
function mayFail<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  return work
}
