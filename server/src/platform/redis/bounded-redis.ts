/**
 * A connection to Redis on which nothing waits for ever: each command ends within its deadline,
 * what waits for a Redis that is away is bounded, and a server that went silent is left.
 */
import type { Duplex } from 'node:stream'
import { type Command, Redis, type RedisOptions, ReplyError } from 'ioredis'

export const redisLimits = {
  /** From the call to the answer, a Redis that is away included. */
  commandMs: 1_500,
  connectMs: 2_000,
  /** A connection that owes answers and says nothing is given up. */
  silentMs: 2_000,
  retryFirstMs: 50,
  /** Short, so that everything works again soon after Redis does. */
  retryMaxMs: 500,
  /** Commands that wait for a connection; more are refused at once. */
  waitingMax: 10_000,
  /** Time to take leave of Redis at the end. */
  closeMs: 500,
} as const

/**
 * Redis is away, or did not answer in time. The command was not carried out, or its answer was
 * lost: what must not happen twice has to be asked for under a key of its own.
 */
export class RedisUnavailable extends Error {
  override name = 'RedisUnavailable'
}

/** What Redis itself says while it cannot serve: it loads its data, or follows another one. */
const notServing = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|BUSY) /

export function namedFault(error: unknown): unknown {
  if (error instanceof RedisUnavailable || !(error instanceof Error)) return error
  if (error instanceof ReplyError && !notServing.test(error.message)) return error
  return new RedisUnavailable(`Redis: ${error.message}`, { cause: error })
}

const options: RedisOptions = {
  connectTimeout: redisLimits.connectMs,
  commandTimeout: redisLimits.commandMs,
  socketTimeout: redisLimits.silentMs,
  // The deadline of a command is its end, not the count of attempts to connect.
  maxRetriesPerRequest: null,
  // Whoever asked has been told that it failed: sent again, it would be done behind their back.
  autoResendUnfulfilledCommands: false,
  retryStrategy: (times) =>
    Math.min(redisLimits.retryFirstMs * 2 ** Math.min(times - 1, 10), redisLimits.retryMaxMs),
  reconnectOnError: (error) => error.message.startsWith('READONLY'),
}

interface Waiting {
  command: Command
}

/** The library keeps it to itself; a test sees that it is there and what it holds. */
interface WaitingLine {
  length: number
  toArray(): Waiting[]
  clear(): void
  push(waiting: Waiting): void
}

export class BoundedRedis extends Redis {
  /** Commands whose askers have been told that they failed. */
  readonly #givenUp = new WeakSet<Command>()
  #corked: Duplex | undefined

  constructor(url: string, more: RedisOptions = {}) {
    super(url, { ...options, ...more })
    this.on('reconnecting', () => this.#forgetTheLate())
  }

  get waitingCount(): number {
    return this.#line.length
  }

  override sendCommand(...given: Parameters<Redis['sendCommand']>): unknown {
    const [command] = given
    // Commands that waited come by again when Redis is back; these must not be done any more.
    if (this.#givenUp.has(command)) return command.promise
    if (this.#line.length >= redisLimits.waitingMax) {
      command.reject(new RedisUnavailable('Redis: too many commands wait for it'))
      return command.promise
    }
    this.#gather()
    const answer = super.sendCommand(...given)
    if (!(answer instanceof Promise)) return answer
    const named = answer.catch((error: unknown) => {
      this.#givenUp.add(command)
      throw namedFault(error)
    })
    // The library answers its own commands by callback and leaves this promise alone.
    named.catch(() => undefined)
    return named
  }

  /** What is said in one turn of the event loop leaves in one write. */
  #gather(): void {
    const stream = (this as unknown as { stream?: Duplex }).stream
    if (stream === undefined || stream === this.#corked || !stream.writable) return
    this.#corked = stream
    stream.cork()
    setImmediate(() => {
      if (this.#corked === stream) this.#corked = undefined
      stream.uncork()
    })
  }

  get #line(): WaitingLine {
    return (this as unknown as { offlineQueue: WaitingLine }).offlineQueue
  }

  #forgetTheLate(): void {
    const line = this.#line
    const waiting = line.toArray().filter(({ command }) => !this.#givenUp.has(command))
    line.clear()
    for (const one of waiting) line.push(one)
  }
}
