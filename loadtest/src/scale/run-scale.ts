/** One audience over some relays: what everybody got, and what each part of the house spent. */
import { perGeneratorMax } from '../load/crowd.ts'
import type { Second } from '../load/minute.ts'
import type { LoadPlan } from '../load/plan.ts'
import { isGood, type LoadResult } from '../load/result.ts'
import { runLoad } from '../load/run-load.ts'
import { terminal } from '../load/terminal.ts'
import { type RedisCounters } from '../house/private-redis.ts'
import { startHouse } from '../house/house.ts'

export interface ScaleOptions {
  viewers: number
  relays: number
  chatPerS: number
  reactionsPerS: number
  windowS: number
  say: (line: string) => void
}

export interface ScaleRun {
  viewers: number
  relays: number
  joinS: number
  entries: number
  /** Lost, doubled, out of order, other bytes, other states: each that was seen. */
  faults: string[]
  p50Ms: number
  p99Ms: number
  /** Shares of a core in the window. */
  writerShare: number
  relayShares: number[]
  redisShare: number
  generatorShare: number
  /** Those of all relays together, for each viewer. */
  rssBytesPerViewer: number
  /** CPU of the writer's process for each line or reaction. */
  writerUsPerMessage: number
  redisCommandsPerS: number
  redisMessagesPerS: number
  redisBytesPerS: number
  machineShare: number
  /** Undefined when the generators had headroom. */
  isGeneratorBound: boolean
  isSound: boolean
}

/** A process may open 20,000 descriptors in many places. */
export const perRelayMax = 19_000
const sampleMs = 1_000

export async function runScale(options: ScaleOptions): Promise<ScaleRun> {
  const { viewers, relays, say } = options
  if (viewers > relays * perRelayMax) {
    throw new Error(`${relays} relays carry at most ${relays * perRelayMax} viewers.`)
  }
  say(`${viewers.toLocaleString('en')} viewers over ${relays} relays: the house starts …`)
  // Every viewer is carried, so that the writer's process does nothing but write and answer.
  const house = await startHouse({ processes: relays + 1, relayFromViewers: 0 })
  try {
    const { redis } = house
    const server = { ...house.server, pids: [...house.server.pids, redis.pid] }
    const samples: Sample[] = []
    const sampling = setInterval(() => {
      void redis.counters().then((counters) => {
        samples.push({ atMs: performance.now(), ...counters })
      })
    }, sampleMs)
    try {
      const voice = { ...terminal(), say }
      const result = await runLoad(server, planOf(options, server.urls), voice)
      return summarise(options, result, samples)
    } finally {
      clearInterval(sampling)
    }
  } finally {
    await house.stop()
  }
}

interface Sample extends RedisCounters {
  atMs: number
}

function planOf(options: ScaleOptions, urls: string[]): LoadPlan {
  const { viewers, relays, chatPerS, reactionsPerS, windowS } = options
  return {
    room: 'live',
    scenario: 'steady',
    viewers,
    chatPerS,
    reactionsPerS,
    seconds: windowS,
    seed: 6,
    generators: Math.max(relays, Math.ceil(viewers / perGeneratorMax.compiled)),
    kind: 'compiled',
    viewersReact: true,
    targets: {},
    server: { urls, pids: [], isTheirs: false, tokenFile: undefined, streamId: undefined },
  }
}

const mean = (numbers: number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length
const sum = (numbers: number[]): number => numbers.reduce((total, one) => total + one, 0)

/** Seconds in which all talked; the first one is half joins. */
function windowOf(seconds: Second[], chatPerS: number): Second[] {
  return seconds.filter(({ linesPerS }) => linesPerS > chatPerS / 2).slice(1)
}

function summarise(options: ScaleOptions, result: LoadResult, samples: Sample[]): ScaleRun {
  const { viewers, relays, chatPerS, reactionsPerS } = options
  const { seconds, times, broken, findings, headroom, log } = result
  const window = windowOf(seconds, chatPerS)
  const [first, last] = [window[0], window.at(-1)]
  if (first === undefined || last === undefined) throw new Error('Nobody spoke for two seconds.')
  const share = (at: number) => mean(window.map(({ cpuShares }) => cpuShares[at] ?? 0))
  const relaysAt = Array.from({ length: relays }, (_, at) => at + 1)
  const rss = (second: Second | undefined) => sum(relaysAt.map((at) => second?.rssBytes[at] ?? 0))
  const redis = rateOf(samples, first.atMs, last.atMs)
  const writerShare = share(0)
  return {
    viewers,
    relays,
    joinS: seconds.find(({ linesPerS }) => linesPerS > 0)?.at ?? Number.NaN,
    entries: log.entries,
    faults: [
      ...broken,
      ...findings.filter(({ holds }) => !holds).map(({ name, found }) => `${name}: ${found}`),
    ],
    p50Ms: times.viewers.p50Ms,
    p99Ms: times.viewers.p99Ms,
    writerShare,
    relayShares: relaysAt.map(share),
    redisShare: share(relays + 1),
    generatorShare: mean(
      window.map(({ generators }) => sum(generators.map((one) => one.cpuShare))),
    ),
    rssBytesPerViewer: (rss(last) - rss(seconds[0])) / viewers,
    writerUsPerMessage: (writerShare * 1e6) / (chatPerS + reactionsPerS),
    redisCommandsPerS: redis('commands'),
    redisMessagesPerS: redis('writes'),
    redisBytesPerS: redis('bytesOut'),
    machineShare: mean(window.map((second) => second.machineShare ?? 0)),
    isGeneratorBound: headroom.isGeneratorBound,
    isSound: isGood(result),
  }
}

function rateOf(samples: Sample[], fromMs: number, toMs: number) {
  const within = samples.filter(({ atMs }) => atMs >= fromMs - sampleMs && atMs <= toMs)
  const [first, last] = [within[0], within.at(-1)]
  return (name: keyof RedisCounters): number => {
    if (first === undefined || last === undefined || last === first) return Number.NaN
    return ((last[name] - first[name]) * 1_000) / (last.atMs - first.atMs)
  }
}
