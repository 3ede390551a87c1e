/**
 * The evening in the demo's live stream: people come and go, talk, clap. Bounded and seeded; most
 * of it waits while nobody real is there to see it.
 */
import type { Logger } from '@odeon/rooms/ports'
import { type LiveEvents, reactionKinds } from '@odeon/rooms/protocol'
import type { User } from '../accounts/entities.ts'
import type { Exchange } from './conversation.ts'
import { DemoMember, type DemoMemberDeps } from './demo-member.ts'
import { type Chance, chance } from './random.ts'
import type { Script } from './scripts.ts'
import type { Act, Scene } from './stage/scene.ts'

export const audienceLimits = {
  comeOrGoMs: [15_000, 40_000],
  reactMs: [1_200, 6_000],
  reactionsMax: 4,
  /** Between two exchanges, and before a line for each of its characters. */
  pauseMs: [4_000, 11_000],
  perCharacterMs: 45,
  thinkMs: [900, 2_600],
  /** The first exchanges come quickly: who opens the page at once finds people talking. */
  quickExchanges: 4,
  quickFactor: 0.12,
  /** How much slower all of it is while only we are in the room. */
  aloneFactor: 6,
  retryMs: [5_000, 15_000],
  /** Evenings in a row that end early untold: a proxy in front may come up later. */
  failedQuietly: 3,
} as const

type Range = readonly [min: number, max: number]

export interface AudienceDeps extends DemoMemberDeps {
  log: Logger
  host: User
  audience: readonly User[]
  /** Those who come with the host and stay. */
  cast?: readonly User[]
  script: Script
  /** What is on the stage beside the talk. */
  act?: Act
  /** The live stream of the host, or a new one, pending. */
  openStream(): Promise<{ id: string; phase: 'pending' | 'live' | 'ended' }>
  seed: number
}

export interface Audience {
  /** Resolves when the first people sit. */
  seated: Promise<void>
  stop(): Promise<void>
}

/** Runs by itself until stopped. After a fault the evening starts anew; many in a row are told. */
export function startAudience(deps: AudienceDeps): Audience {
  const controller = new AbortController()
  const seated = Promise.withResolvers<void>()
  const evenings = (async () => {
    const luck = chance(deps.seed)
    let failed = 0
    const sit = () => {
      failed = 0
      seated.resolve()
    }
    while (!controller.signal.aborted) {
      const evening = new Evening(deps, luck, controller.signal)
      await evening.run(sit).catch((err: unknown) => {
        if (controller.signal.aborted) return
        failed += 1
        const level = failed === audienceLimits.failedQuietly + 1 ? 'warn' : 'debug'
        deps.log[level]({ err, failed }, 'the demo audience left early')
      })
      await evening.close()
      await pause(luck, audienceLimits.retryMs, controller.signal)
    }
  })()
  return {
    seated: seated.promise,
    async stop() {
      controller.abort()
      await evenings
    },
  }
}

/** One stream from the first welcome to its end. */
class Evening {
  readonly #deps: AudienceDeps
  readonly #luck: Chance
  readonly #signal: AbortSignal
  readonly #host: DemoMember
  readonly #cast: DemoMember[]
  readonly #crowd: DemoMember[]
  readonly #ours: ReadonlySet<string>
  readonly #greeted = new Set<string>()
  #streamId = ''
  #haste: number = audienceLimits.quickFactor

  constructor(deps: AudienceDeps, luck: Chance, signal: AbortSignal) {
    this.#deps = deps
    this.#luck = luck
    this.#signal = signal
    this.#host = new DemoMember(deps.host, deps)
    const { host, audience, cast = [] } = deps
    this.#cast = cast.map((user) => new DemoMember(user, deps))
    this.#crowd = luck.shuffled(audience).map((user) => new DemoMember(user, deps))
    this.#ours = new Set([host, ...cast, ...audience].map((user) => user.id))
  }

  async run(seated: () => void): Promise<void> {
    const { id, phase } = await this.#deps.openStream()
    this.#streamId = id
    const { script } = this.#deps
    await this.#host.join(id, (line) => this.#hear(line))
    if (phase === 'pending') await this.#host.start()
    const first = this.#crowd.slice(0, script.present.min)
    for (const member of [...this.#cast, ...first]) await member.join(id)
    seated()
    if (phase === 'pending') await this.#open(script.opening)
    const { act } = this.#deps
    const acting = act?.(this.#scene())
    await Promise.all([this.#talk(), this.#clap(), this.#comeAndGo(), acting])
  }

  async close(): Promise<void> {
    const all = [this.#host, ...this.#cast, ...this.#crowd]
    await Promise.allSettled(all.map((member) => member.leave()))
  }

  get #isOn(): boolean {
    const isLive = this.#host.state?.phase === 'live'
    return isLive && this.#host.isPresent && !this.#signal.aborted
  }

  get #present(): DemoMember[] {
    return this.#crowd.filter((member) => member.isPresent)
  }

  /** The first line stays on top: it says that the audience is made up. */
  async #open([first, ...rest]: Exchange): Promise<void> {
    const said = first && (await this.#host.say(first[1]))
    if (said !== undefined && this.#isOn) await this.#host.pin(said.id)
    await this.#play(rest)
  }

  async #talk(): Promise<void> {
    let quick = audienceLimits.quickExchanges as number
    while (this.#isOn) {
      for (const exchange of this.#luck.shuffled(this.#deps.script.exchanges)) {
        if (!this.#isOn) return
        await this.#play(exchange)
        quick -= 1
        if (quick === 0) this.#haste = 1
        await this.#wait(audienceLimits.pauseMs)
      }
    }
  }

  async #play(exchange: Exchange): Promise<void> {
    const [a, b, c] = this.#luck.shuffled(this.#present)
    const cast = { host: this.#host, a, b, c }
    for (const [who, text] of exchange) {
      const [min, max] = audienceLimits.thinkMs
      const typingMs = text.length * audienceLimits.perCharacterMs
      await this.#wait([min + typingMs, max + typingMs])
      if (!this.#isOn) return
      await cast[who]?.say(text)
    }
  }

  async #clap(): Promise<void> {
    while (this.#isOn) {
      await this.#wait(audienceLimits.reactMs)
      const [member] = this.#luck.shuffled(this.#present)
      const count = 1 + Math.floor(this.#luck.next() * audienceLimits.reactionsMax)
      // Hearts and claps most of all; this is not a sad room.
      const kind = this.#luck.pick(['heart', 'heart', 'clap', 'fire', ...reactionKinds] as const)
      if (this.#isOn) await member?.react(kind, count)
    }
  }

  async #comeAndGo(): Promise<void> {
    const { comeOrGoMs } = audienceLimits
    const { min, max } = this.#deps.script.present
    while (this.#isOn) {
      await this.#wait(comeOrGoMs)
      if (!this.#isOn) return
      const present = this.#present
      const span = max - min
      const leaves = this.#luck.next() * span < present.length - min
      const from = leaves ? present : this.#crowd.filter((member) => !member.isPresent)
      const [member] = this.#luck.shuffled(from)
      await (leaves ? member?.leave() : member?.join(this.#streamId))
    }
  }

  /** Somebody real said something: the host greets them, once. */
  #hear({ from }: LiveEvents['chat.posted']): void {
    if (this.#ours.has(from.id) || this.#greeted.has(from.id)) return
    this.#greeted.add(from.id)
    const greet = async () => {
      await pause(this.#luck, audienceLimits.thinkMs, this.#signal)
      if (this.#isOn) await this.#host.say(this.#luck.pick(this.#deps.script.welcomes)(from.name))
    }
    greet().catch((err: unknown) => this.#deps.log.debug({ err }, 'a greeting was not sent'))
  }

  #scene(): Scene {
    return {
      host: this.#host,
      cast: this.#cast,
      luck: this.#luck,
      present: () => this.#present,
      isOn: () => this.#isOn,
      isWatched: () => this.#real > 0,
      hasMedia: () => this.#host.state?.floor?.hasMedia ?? true,
      pause: (ms) => pause(this.#luck, [ms, ms], this.#signal),
      wait: (range) => this.#wait(range),
    }
  }

  /** People there who are not of the demo. */
  get #real(): number {
    const cast = this.#cast.filter((member) => member.isPresent).length
    return (this.#host.state?.viewerCount ?? 0) - this.#present.length - cast
  }

  async #wait([min, max]: Range): Promise<void> {
    const real = this.#real
    const factor = paceFactor({ haste: this.#haste, real })
    await pause(this.#luck, [min * factor, max * factor], this.#signal)
  }
}

/** By what every pause is multiplied: short at the opening, long when nobody real would see it. */
export function paceFactor({ haste, real }: { haste: number; real: number }): number {
  return haste === 1 && real <= 0 ? audienceLimits.aloneFactor : haste
}

/** Resolves early when the signal comes. */
function pause(luck: Chance, [min, max]: Range, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, luck.between(min, max))
    signal.addEventListener('abort', done)
  })
}
