/**
 * The one place every command passes: known, allowed, valid, not answered before, not too often,
 * then done, timed and counted. No action repeats any of it.
 */
import type { z } from 'zod'
import type { Logger, RoomMeter, World } from '../ports.ts'
import { AnsweredElsewhere, Answers, type Outcome, printOf } from './answers.ts'
import type { Command, CommandTable } from './command.ts'
import type { Done } from './journal/record.ts'
import type { Member } from './member.ts'
import { type KitRefusalCode, kitLimits, kitRefusals, plainly, problemsOf } from './protocol.ts'
import { Refusal } from './refusal.ts'
import { TokenBucket } from './token-bucket.ts'

export interface DispatcherOptions<S> {
  room: { id: string; kind: string }
  commands: CommandTable<S>
  scope: S
  world: World
  meter: RoomMeter
  logger: Logger
  /** True while the room cannot take more output. */
  isSaturated: () => boolean
  /** True while the room may be another's: what is only read is read. */
  isCutOff?: () => boolean
  /** A command was done that a retry must find done, also with another process. */
  done?: ((done: Done) => void) | undefined
}

interface Standing {
  buckets: Map<string, TokenBucket>
  inFlight: number
}

interface Ask<S> {
  name: string
  command: Command<S>
  member: Member
  message: { requestId?: string }
  /** The sign-in that said it. */
  sid: string | undefined
}

function refused(code: KitRefusalCode, text: string = kitRefusals[code], waitMs?: number): Outcome {
  return { status: 'refused', body: new Refusal(code, text, waitMs).toBody() }
}

/** The text is the first complaint, for people; `fields` says which field it is about. */
function invalid({ issues }: z.ZodError): Outcome {
  const message = issues[0]?.message ?? kitRefusals.invalid
  const named = issues.filter(({ path }) => path.length > 0)
  const fields = Object.fromEntries(named.map((issue) => [issue.path.join('.'), issue.message]))
  const problems = problemsOf(fields)
  return {
    status: 'refused',
    body: { code: 'invalid', message, fields, ...(problems && { problems }) },
  }
}

export class Dispatcher<S> {
  readonly #options: DispatcherOptions<S>
  readonly #answers = new Answers()
  readonly #standings = new Map<string, Standing>()

  constructor(options: DispatcherOptions<S>) {
    this.#options = options
  }

  /** What an earlier writer of the room has done. */
  restore(done: readonly Done[]): void {
    for (const { key, name, print, reply, at } of done) {
      this.#answers.keep(key, { name, print }, { status: 'ok', reply }, at)
    }
  }

  /** What was done, newest last, for a successor. */
  doneLately(): Done[] {
    return this.#answers.done()
  }

  /** Members whose allowance is not whole, or who wait for an answer. */
  get limitedMembers(): number {
    return this.#standings.size
  }

  /** Runs a command of a member. Resolves always; synchronous where the action is. */
  run(member: Member, name: string, payload: unknown, sid?: string): Outcome | Promise<Outcome> {
    const startedAt = performance.now()
    const outcome = this.#admit(member, { name, payload, sid })
    if (!(outcome instanceof Promise)) return this.#count(name, outcome, startedAt)
    return outcome.then((settled) => this.#count(name, settled, startedAt))
  }

  /**
   * Forgets what is too old to matter. Leaving is no reason to forget: who comes back gets late
   * answers and no fresh allowance.
   */
  expire(): void {
    const now = this.#options.world.now()
    this.#answers.expire(now)
    for (const [memberId, { buckets, inFlight }] of this.#standings) {
      const isAsNew = inFlight === 0 && [...buckets.values()].every((bucket) => bucket.isFull(now))
      if (isAsNew) this.#standings.delete(memberId)
    }
  }

  #admit(
    member: Member,
    { name, payload, sid }: { name: string; payload: unknown; sid: string | undefined },
  ): Outcome | Promise<Outcome> {
    const { commands } = this.#options
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command === undefined) return refused('unknown_command')
    if (!command.may.includes(member.role)) return refused('not_allowed')
    const parsed = command.shape.safeParse(payload ?? {}, { error: plainly })
    if (!parsed.success) {
      return invalid(parsed.error)
    }
    const message = parsed.data as { requestId?: string }
    return this.#once({ name, command, member, message, sid })
  }

  /** Rule 7: the second time gives the first answer. */
  #once(ask: Ask<S>): Outcome | Promise<Outcome> {
    const { requestId } = ask.message
    // A read may be repeated at will.
    if (requestId === undefined || ask.command.isRead) return this.#allow(ask)
    const key = `${ask.member.id}:${requestId}`
    const known = this.#answers.find(key, ask)
    if (known === 'reused') return refused('request_reused')
    if (known !== undefined) return known
    const outcome = this.#allow(ask)
    this.#remember(key, ask, outcome)
    return outcome
  }

  #remember(key: string, ask: Ask<S>, outcome: Outcome | Promise<Outcome>): void {
    if (outcome instanceof Promise) {
      this.#answers.keep(
        key,
        { name: ask.name, message: ask.message },
        outcome,
        this.#options.world.now(),
      )
      void outcome.then((settled) => {
        if (isTransient(settled)) this.#answers.forget(key)
        else this.#settle(key, ask, settled)
      })
    } else if (!isTransient(outcome)) this.#settle(key, ask, outcome)
  }

  #settle(key: string, { name, message }: Ask<S>, outcome: Outcome): void {
    const at = this.#options.world.now()
    this.#answers.keep(key, { name, message }, outcome, at)
    const { done } = this.#options
    if (done === undefined || outcome.status !== 'ok') return
    done({ key, name, print: printOf(message), reply: outcome.reply, at })
  }

  #allow(ask: Ask<S>): Outcome | Promise<Outcome> {
    const standing = this.#standingOf(ask.member)
    const { class: rateClass, ...rate } = ask.command.rate
    const now = this.#options.world.now()
    let bucket = standing.buckets.get(rateClass)
    if (bucket === undefined) {
      bucket = new TokenBucket(rate, now)
      standing.buckets.set(rateClass, bucket)
    }
    const waitMs = bucket.take(now)
    if (waitMs > 0) return refused('rate_limited', kitRefusals.rate_limited, waitMs)
    if (this.#isBusy(ask) || standing.inFlight >= kitLimits.inFlightPerMemberMax) {
      return refused('busy', kitRefusals.busy, 1_000)
    }
    return this.#act(ask, standing)
  }

  #isBusy({ command }: Ask<S>): boolean {
    const { isSaturated, isCutOff } = this.#options
    return isSaturated() || (!command.isRead && (isCutOff?.() ?? false))
  }

  #act(ask: Ask<S>, standing: Standing): Outcome | Promise<Outcome> {
    try {
      const { command, member, message, sid } = ask
      const reply = command.action(this.#options.scope, member, message as never, sid)
      if (!(reply instanceof Promise)) return { status: 'ok', reply }
      standing.inFlight += 1
      return reply
        .then((value): Outcome => ({ status: 'ok', reply: value }))
        .catch((error: unknown) => this.#failed(ask, error))
        .finally(() => {
          standing.inFlight -= 1
        })
    } catch (error) {
      return this.#failed(ask, error)
    }
  }

  /** A refusal is an answer; anything else is our fault, logged once, told without details. */
  #failed(ask: Ask<S>, error: unknown): Outcome {
    if (error instanceof AnsweredElsewhere) return error.outcome
    if (error instanceof Refusal) return { status: 'refused', body: error.toBody() }
    const { logger, room, world } = this.#options
    const requestId = ask.message.requestId ?? world.newId()
    logger.error(
      { err: error, room: room.id, command: ask.name, member: ask.member.id, requestId },
      'a command failed',
    )
    const body = { code: 'unavailable', message: kitRefusals.unavailable, requestId }
    return { status: 'fault', body }
  }

  #count(name: string, outcome: Outcome, startedAt: number): Outcome {
    const { commands, meter, room } = this.#options
    const known = Object.hasOwn(commands, name) ? name : 'unknown'
    const result = outcome.status === 'ok' ? 'ok' : outcome.body.code
    meter.command(room.kind, known, result, performance.now() - startedAt)
    return outcome
  }

  #standingOf(member: Member): Standing {
    let standing = this.#standings.get(member.id)
    if (standing === undefined) {
      standing = { buckets: new Map(), inFlight: 0 }
      this.#standings.set(member.id, standing)
    }
    return standing
  }
}

const transientCodes: ReadonlySet<string> = new Set(['rate_limited', 'busy'])

/** Answers that say "not now": a retry deserves a new try. */
function isTransient(outcome: Outcome): boolean {
  if (outcome.status === 'fault') return true
  return outcome.status === 'refused' && transientCodes.has(outcome.body.code)
}
