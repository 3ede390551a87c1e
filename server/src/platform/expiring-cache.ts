/** A bounded cache whose values live for a time. Simultaneous misses share one load. */
export class ExpiringCache<K, V> {
  readonly #kept = new Map<K, { value: V; until: number }>()
  readonly #loading = new Map<K, Promise<V>>()
  /** Told of each key that is deleted, for caches that forget together. */
  deleted: ((key: K) => void) | undefined
  readonly #options: { ttlMs: number; entriesMax: number; now(): number }

  constructor(options: { ttlMs: number; entriesMax: number; now(): number }) {
    this.#options = options
  }

  async get(key: K, load: () => Promise<V>): Promise<V> {
    const hit = this.#kept.get(key)
    if (hit && hit.until > this.#options.now()) return hit.value
    const running = this.#loading.get(key)
    if (running) return running
    const loading = load()
    this.#loading.set(key, loading)
    try {
      const value = await loading
      // Deleted meanwhile: what was read may be from before the change, so it is not kept.
      if (this.#loading.get(key) === loading) this.#keep(key, value)
      return value
    } finally {
      if (this.#loading.get(key) === loading) this.#loading.delete(key)
    }
  }

  /** What is known without a load, because it was just made. */
  set(key: K, value: V): void {
    this.#loading.delete(key)
    this.#keep(key, value)
  }

  /** Call after the change is committed. */
  delete(key: K): void {
    this.forget(key)
    this.deleted?.(key)
  }

  /** Reads it anew the next time, though nothing changed here. */
  forget(key: K): void {
    this.#kept.delete(key)
    this.#loading.delete(key)
  }

  clear(): void {
    this.#kept.clear()
    this.#loading.clear()
  }

  #keep(key: K, value: V): void {
    this.#kept.delete(key)
    this.#kept.set(key, { value, until: this.#options.now() + this.#options.ttlMs })
    if (this.#kept.size <= this.#options.entriesMax) return
    const oldest = this.#kept.keys().next()
    if (!oldest.done) this.#kept.delete(oldest.value)
  }
}
