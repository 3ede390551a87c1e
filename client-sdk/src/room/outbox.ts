/**
 * Commands on their way. Each keeps its id until it is answered or its deadline passes, however
 * often the connection is lost meanwhile, so that it lands once or fails by name.
 */
import { type RefusalBody } from '@odeon/rooms/protocol'
import { Refusal, Unavailable } from '../refusal.ts'
import type { World } from '../world.ts'
import { Listeners } from '../listeners.ts'
import type { Answer } from './wire.ts'

export const outboxLimits = {
  commandsMax: 100,
  deadlineMs: 30_000,
  /** Stays below the room's ceiling of messages per second, whatever the app does. */
  sendPerSecond: 30,
  sendBurst: 15,
  inFlightMax: 8,
} as const

export interface CommandOptions {
  /** Time in ms for an answer, waiting for the connection included. */
  deadlineMs?: number
  /** Your own id, 8–64 of `A–Z a–z 0–9 _ -`: the same id is done once and answered alike. */
  requestId?: string
}

/** A command without its answer yet, as an app may show it. */
export interface OutboxItem {
  readonly requestId: string
  readonly command: string
  readonly ask: Readonly<Record<string, unknown>>
  readonly state: 'waiting' | 'sent'
  /** Unix ms. */
  readonly createdAt: number
  readonly deadlineAt: number
}

interface Pending {
  item: OutboxItem
  /** Held up by a lost connection: then "too fast" and "busy" mean later, not no. */
  isPatient: boolean
  resolve: (reply: unknown) => void
  reject: (error: Refusal | Unavailable) => void
  cancelDeadline: () => void
}

/** Puts a command on the wire and calls back with its answer, or never if the socket goes. */
export type Transmit = (
  command: string,
  payload: Record<string, unknown>,
  answered: (answer: Answer) => void,
) => void

export class Outbox {
  readonly #world: World
  readonly #deadlineMs: number
  readonly #changed = new Listeners()
  #pending: Pending[] = []
  #items: readonly OutboxItem[] = []
  #transmit: Transmit | undefined
  #isClosed = false
  /** Names of commands that must wait, and until when (Unix ms). */
  readonly #paused = new Map<string, number>()
  #tokens: number = outboxLimits.sendBurst
  #tokensAt: number
  #cancelPump: (() => void) | undefined

  constructor(world: World, deadlineMs: number = outboxLimits.deadlineMs) {
    this.#world = world
    this.#deadlineMs = deadlineMs
    this.#tokensAt = world.now()
  }

  /** What waits or is on its way, oldest first; a new array with every change. */
  get items(): readonly OutboxItem[] {
    return this.#items
  }

  onChange(call: () => void): () => void {
    return this.#changed.add(call)
  }

  send(command: string, ask: object, options: CommandOptions = {}): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new Unavailable('closed'))
    if (this.#pending.length >= outboxLimits.commandsMax) {
      return Promise.reject(new Unavailable('outbox_full'))
    }
    const createdAt = this.#world.now()
    const deadlineMs = options.deadlineMs ?? this.#deadlineMs
    const item: OutboxItem = {
      requestId: options.requestId ?? this.#world.newId(),
      command,
      ask: { ...ask },
      state: 'waiting',
      createdAt,
      deadlineAt: createdAt + deadlineMs,
    }
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        item,
        isPatient: this.#transmit === undefined || this.#isHeldUp(command),
        resolve,
        reject,
        cancelDeadline: this.#world.after(deadlineMs, () => {
          this.#finish(pending, () => reject(new Unavailable('deadline')))
        }),
      }
      this.#pending.push(pending)
      this.#pump()
      this.#publish()
    })
  }

  /** The connection stands: everything unanswered goes out, in the order it was asked. */
  open(transmit: Transmit): void {
    this.#transmit = transmit
    this.#pump()
    this.#publish()
  }

  /** The connection is gone: what was sent without an answer will be sent again. */
  lose(): void {
    if (this.#transmit === undefined) return
    this.#transmit = undefined
    this.#cancelPump?.()
    this.#paused.clear()
    for (const pending of this.#pending) {
      pending.isPatient = true
      pending.item = { ...pending.item, state: 'waiting' }
    }
    this.#publish()
  }

  /** The room was left or closed for good. */
  close(): void {
    this.#isClosed = true
    this.lose()
    for (let first = this.#pending[0]; first !== undefined; first = this.#pending[0]) {
      const { reject } = first
      this.#finish(first, () => reject(new Unavailable('closed')))
    }
    this.#changed.clear()
  }

  /** True when the line for this command still holds some from an outage. */
  #isHeldUp(command: string): boolean {
    return this.#pending.some((other) => other.isPatient && other.item.command === command)
  }

  /** One command of each name travels at a time: so they land in the order they were asked. */
  #pump(): void {
    this.#cancelPump?.()
    this.#cancelPump = undefined
    if (this.#transmit === undefined) return
    const travelling = this.#pending.filter(({ item }) => item.state === 'sent')
    const busy = new Set(travelling.map(({ item }) => item.command))
    let inFlight = travelling.length
    let retryMs = Number.POSITIVE_INFINITY
    for (const pending of this.#pending) {
      const { command, state } = pending.item
      if (state === 'sent' || busy.has(command)) continue
      busy.add(command)
      const waitMs = (this.#paused.get(command) ?? 0) - this.#world.now()
      if (waitMs > 0) {
        retryMs = Math.min(retryMs, waitMs)
        continue
      }
      if (inFlight >= outboxLimits.inFlightMax) break
      const tokenMs = this.#takeToken()
      if (tokenMs > 0) {
        retryMs = Math.min(retryMs, tokenMs)
        break
      }
      inFlight += 1
      this.#transmitOne(pending, this.#transmit)
    }
    if (Number.isFinite(retryMs)) {
      this.#cancelPump = this.#world.after(retryMs, () => {
        this.#pump()
        this.#publish()
      })
    }
  }

  #transmitOne(pending: Pending, transmit: Transmit): void {
    pending.item = { ...pending.item, state: 'sent' }
    const { command, ask, requestId } = pending.item
    transmit(command, { ...ask, requestId }, (answer) => {
      // An answer that outlived its connection belongs to a command that will be sent again.
      if (this.#transmit === transmit) this.#answered(pending, answer)
    })
  }

  #answered(pending: Pending, answer: Answer): void {
    if (answer.status === 'ok') {
      this.#finish(pending, () => pending.resolve(answer.payload))
      return
    }
    const body = readRefusal(answer.payload)
    if (answer.status === 'fault') {
      const { requestId } = body
      this.#finish(pending, () => pending.reject(new Unavailable('server', { requestId })))
    } else if (pending.isPatient && isTransient(body)) {
      this.#paused.set(pending.item.command, this.#world.now() + (body.retryAfterMs ?? 1_000))
      pending.item = { ...pending.item, state: 'waiting' }
      this.#pump()
      this.#publish()
    } else {
      this.#finish(pending, () => pending.reject(new Refusal(body)))
    }
  }

  #finish(pending: Pending, settle: () => void): void {
    const index = this.#pending.indexOf(pending)
    if (index < 0) return
    this.#pending.splice(index, 1)
    pending.cancelDeadline()
    settle()
    this.#pump()
    this.#publish()
  }

  /** Returns 0 and takes one, or the ms until there is one. */
  #takeToken(): number {
    const now = this.#world.now()
    const gained = (Math.max(0, now - this.#tokensAt) * outboxLimits.sendPerSecond) / 1_000
    this.#tokens = Math.min(outboxLimits.sendBurst, this.#tokens + gained)
    this.#tokensAt = now
    if (this.#tokens >= 1) {
      this.#tokens -= 1
      return 0
    }
    return Math.ceil(((1 - this.#tokens) * 1_000) / outboxLimits.sendPerSecond)
  }

  #publish(): void {
    const items = this.#pending.map(({ item }) => item)
    const before = this.#items
    if (items.length === before.length && items.every((item, i) => item === before[i])) return
    this.#items = items
    this.#changed.tell()
  }
}

function isTransient({ code }: RefusalBody): boolean {
  return code === 'rate_limited' || code === 'busy'
}

/** Whatever a server sends as a refusal, the app gets a code and a text. */
function readRefusal(payload: unknown): RefusalBody {
  const body: Partial<RefusalBody> = typeof payload === 'object' && payload !== null ? payload : {}
  const { code = 'unavailable', message = 'The room refused.', fields, problems } = body
  const { retryAfterMs, requestId } = body
  return {
    code,
    message,
    ...(fields === undefined ? {} : { fields }),
    ...(problems === undefined ? {} : { problems }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
