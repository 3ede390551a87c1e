/** Subscriptions of one process to topics of bytes: many hearers, one subscription a topic. */
import type { Redis } from 'ioredis'

type Hear = (bytes: Buffer) => void

export class RedisTopics {
  readonly #subscriber: Redis
  readonly #hearers = new Map<string, Set<Hear>>()

  constructor(subscriber: Redis) {
    this.#subscriber = subscriber
    subscriber.on('messageBuffer', (topic: Buffer, bytes: Buffer) => {
      for (const hear of this.#hearers.get(topic.toString()) ?? []) hear(bytes)
    })
  }

  /** Resolves when it is heard; rejects when the subscription failed, and hears nothing then. */
  async hear(topic: string, hear: Hear): Promise<() => void> {
    const hearers = this.#hearers.get(topic) ?? new Set()
    this.#hearers.set(topic, hearers.add(hear))
    const stop = () => this.#stop(topic, hear)
    try {
      // Again for each hearer: the first one's may not have been answered yet.
      await this.#subscriber.subscribe(topic)
    } catch (error) {
      stop()
      throw error
    }
    return stop
  }

  #stop(topic: string, hear: Hear): void {
    const hearers = this.#hearers.get(topic)
    hearers?.delete(hear)
    if (hearers === undefined || hearers.size > 0) return
    this.#hearers.delete(topic)
    // When it fails the topic is heard by nobody; the next start forgets it.
    this.#subscriber.unsubscribe(topic).catch(() => undefined)
  }
}
