/**
 * Makes a server talk: `saturate` as fast as it writes and its readers read, `pace` a tick every so
 * many ms. The messages of a tick come as they come from sockets when a server is full: all in one
 * turn of the event loop, each in a callback of its own.
 */
import { textOf } from './text.ts'

/** What each server under load must be able to do. */
export interface Stage {
  /** Sends a text to everybody. */
  say(text: string): void
  /** Makes sure that what was said leaves now. Servers that send at once have nothing to do. */
  flush(): void
  /** The last tick is still being written. */
  isBusy(): boolean
  /** Resolves when the last tick may be seen, where it is written down before. */
  kept?(): Promise<void> | undefined
  /** Largest number of bytes queued in the process for any of a few sockets. */
  queuedBytes(): number
  /** Changes the state, where there is one. */
  change(tick: number): void
}

/** The readers of the sampled sockets are behind when this much waits in the process. */
const queuedBytesMax = 160 * 1024
const stateEveryMs = 500
const firstTickDelayMs = 20

export class Drive {
  ticks = 0
  said = 0
  stateTick = 0
  /** Times a tick had to wait for readers. */
  held = 0
  #rest: (() => void) | undefined
  readonly #stage: Stage
  readonly #nowNs: () => bigint

  constructor(stage: Stage, nowNs: () => bigint = process.hrtime.bigint) {
    this.#stage = stage
    this.#nowNs = nowNs
  }

  /** The state changes with every so many ticks; 0 means twice a second. */
  saturate(perTick: number, stateEvery = 0): void {
    this.rest()
    let isOver = false
    const turn = (): void => {
      if (isOver) return
      if (this.#stage.isBusy()) {
        setImmediate(turn)
      } else if (this.#stage.queuedBytes() > queuedBytesMax) {
        this.held += 1
        setTimeout(turn, 1)
      } else {
        this.#say(perTick, this.#nowNs(), () => {
          if (stateEvery > 0 && this.ticks % stateEvery === 0) this.#change()
          this.#stage.flush()
          const kept = this.#stage.kept?.()
          if (kept === undefined) setImmediate(turn)
          else void kept.then(() => setImmediate(turn))
        })
      }
    }
    const state = stateEvery > 0 ? undefined : setInterval(() => this.#change(), stateEveryMs)
    this.#rest = () => {
      isOver = true
      clearInterval(state)
    }
    turn()
  }

  /** `stateEvery` says with how many ticks the state changes once; 0 means never. */
  pace(perTick: number, everyMs: number, stateEvery: number): void {
    this.rest()
    const everyNs = BigInt(Math.round(everyMs * 1e6))
    let dueNs = this.#nowNs() + BigInt(firstTickDelayMs) * 1_000_000n
    let timer: NodeJS.Timeout
    const wait = (): void => {
      timer = setTimeout(turn, Math.max(0, Math.ceil(Number(dueNs - this.#nowNs()) / 1e6)))
    }
    const turn = (): void => {
      // A timer may fire a little early, and a text said before it is due has a negative latency.
      if (this.#nowNs() < dueNs) return wait()
      this.#say(perTick, dueNs, () => {})
      if (stateEvery > 0 && this.ticks % stateEvery === 0) this.#change()
      dueNs += everyNs
      wait()
    }
    this.#rest = () => clearTimeout(timer)
    wait()
  }

  rest(): void {
    this.#rest?.()
    this.#rest = undefined
  }

  #say(perTick: number, dueNs: bigint, done: () => void): void {
    this.ticks += 1
    for (let n = 0; n < perTick; n += 1) {
      setImmediate(() => {
        this.said += 1
        this.#stage.say(textOf(this.said, dueNs))
      })
    }
    setImmediate(done)
  }

  #change(): void {
    this.stateTick += 1
    this.#stage.change(this.stateTick)
  }
}
