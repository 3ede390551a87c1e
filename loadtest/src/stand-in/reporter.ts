/** The stand-in's word about itself, in the same form as the compiled client's. */
import { monitorEventLoopDelay, performance as clock } from 'node:perf_hooks'
import type { Mark } from '../swarm/mark.ts'
import type { Counters } from './counters.ts'
import type { Viewer } from './viewer.ts'

export class Reporter {
  readonly #all: Counters
  readonly #viewers: readonly Viewer[]
  readonly #delay = monitorEventLoopDelay({ resolution: 10 })

  constructor(all: Counters, viewers: readonly Viewer[]) {
    this.#all = all
    this.#viewers = viewers
    this.#delay.enable()
  }

  say(event: string): void {
    process.stdout.write(`${JSON.stringify(this.#mark(event))}\n`)
    if (event !== 'tick') return
    this.#all.second.clear()
    this.#delay.reset()
  }

  #mark(event: string): Mark {
    const all = this.#all
    const isTick = event === 'tick'
    const count = (phase: Viewer['phase']) =>
      this.#viewers.filter((viewer) => viewer.phase === phase).length
    const cpu = process.cpuUsage()
    const loop = clock.eventLoopUtilization()
    const { messages, bytes, states, gone, failed, ends } = all
    const unused = {
      patches: 0,
      deflated: 0,
      replies: 0,
      others: 0,
      reads: 0,
      said: 0,
      askedAgain: 0,
      watchedCpuUs: 0,
    }
    return {
      ...unused,
      event,
      ns: Number(process.hrtime.bigint()),
      ownCpuUs: cpu.user + cpu.system,
      idleUs: Math.round(loop.idle * 1_000),
      busyUs: Math.round(loop.active * 1_000),
      turnMaxUs: Math.round(this.#delay.max / 1_000),
      coreWaitUs: -1,
      open: count('open'),
      joining: count('joining'),
      away: count('away'),
      gone,
      failed,
      signed: this.#viewers.filter(({ token }) => token !== undefined).length,
      messages,
      bytes,
      states,
      order: { checked: 0, broken: 0 },
      patch: { checked: 0, wrong: 0 },
      log: all.references.found,
      heads: this.#heads(),
      perViewer: span(this.#viewers.map((viewer) => viewer.messages)),
      ends,
      blocks: isTick ? all.references.takeBlocks() : [],
      joins: all.joins.read(!isTick),
      returns: all.returns.read(!isTick),
      latency: (isTick ? all.second : all.latency).read(true),
    }
  }

  #heads(): Mark['heads'] {
    const open = this.#viewers.filter(({ phase, log }) => phase === 'open' && log.isPlaced)
    const reading = open.filter(({ log }) => log.isReading).length
    return { ...span(open.map(({ log }) => log.seq)), reading }
  }
}

function span(numbers: number[]): { least: number; most: number } {
  const most = numbers.reduce((so, one) => Math.max(so, one), 0)
  return { least: numbers.reduce((so, one) => Math.min(so, one), most), most }
}
