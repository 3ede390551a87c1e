/** `npm run bench -- soak`: a full room for a long time, and what is left when all are gone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { markdown } from '../fanout/fanout-table.ts'
import type { LoadPlan } from '../load/plan.ts'
import { isGood, type LoadResult } from '../load/result.ts'
import { runLoad } from '../load/run-load.ts'
import { freePort, ownServer } from '../load/server-under-load.ts'
import { terminal } from '../load/terminal.ts'
import { cores, pin } from '../machine.ts'
import { holdingsOf, isClean, type Leftovers, leftoversOf } from './leftovers.ts'
import { privateRedis } from '../house/private-redis.ts'
import { slopeOf } from './slope.ts'

export interface SoakOptions {
  viewers: number
  minutes: number
  say: (line: string) => void
}

export const soakBars = { slopeMost: 0.01, slopeMinutes: 10 } as const
const chatPerS = 20
/** The first minutes compile code and fill what is bounded: log, answers, pools. */
const warmShare = 0.3
/** A slope of less time than this is no word about hours. */
const judgedMinutesLeast = 20
/** Longer than lost members are waited for. */
const goneWithinMs = 180_000

export async function runSoak(options: SoakOptions): Promise<{
  table: string
  note: string
  misses: string[]
}> {
  const { say, minutes, viewers } = options
  const redis = await privateRedis(await freePort())
  try {
    const server = await ownServer({ REDIS_URL: redis.url, PUBLIC_ADDRESS: '127.0.0.1:{port}' })
    try {
      for (const pid of server.pids) await pin(pid, cores.server)
      const before = await holdingsOf(server.url, redis)
      const plan: LoadPlan = {
        room: 'live',
        scenario: 'soak',
        viewers,
        chatPerS,
        reactionsPerS: 0,
        seconds: minutes * 60,
        seed: 18,
        generators: undefined,
        kind: undefined,
        viewersReact: false,
        targets: {},
        server: {
          urls: server.urls,
          pids: server.pids,
          isTheirs: false,
          tokenFile: undefined,
          streamId: undefined,
        },
      }
      const result = await runLoad(server, plan, { ...terminal(), say })
      say('Everybody leaves …')
      const left = await emptied(async () =>
        leftoversOf(before, await holdingsOf(server.url, redis)),
      )
      return tell(options, result, left)
    } finally {
      await server.stop()
    }
  } finally {
    await redis.stop()
  }
}

/** What did not hold, by name, and what was seen of it. */
function brokenOf({ findings, broken }: LoadResult): string[] {
  const failed = findings.filter(({ holds }) => !holds)
  return [...failed.map(({ name, found }) => `${name}: ${found}`), ...broken]
}

/** Looks until nothing is left, or the time is over. */
async function emptied(look: () => Promise<Leftovers>): Promise<Leftovers> {
  for (const until = performance.now() + goneWithinMs; ; ) {
    const left = await look()
    if (isClean(left) || performance.now() > until) return left
    await sleep(2_000)
  }
}

function tell({ viewers, minutes }: SoakOptions, result: LoadResult, left: Leftovers) {
  const steady = result.seconds.slice(Math.floor(result.seconds.length * warmShare))
  const memory = steady.map(({ at, rssBytes }) => [at, rssBytes[0] ?? 0] as const)
  const mean = memory.reduce((sum, [, bytes]) => sum + bytes, 0) / memory.length
  const slope = (slopeOf(memory) * soakBars.slopeMinutes * 60) / mean
  const cpu = steady.reduce((sum, { cpuShares }) => sum + (cpuShares[0] ?? 0), 0) / steady.length
  const { joins, returns, viewers: seen } = result.times
  const head = [
    'viewers',
    'lasted',
    'memory',
    `grows in ${soakBars.slopeMinutes} min`,
    'CPU',
    'until a viewer has a line, p99',
    'came back',
    'left behind: timers, sockets, seats, keys',
    'broken',
  ]
  const line = [
    viewers.toLocaleString('en'),
    `${minutes} min`,
    `${Math.round(mean / 2 ** 20)} MiB`,
    `${(slope * 100).toFixed(2)} %`,
    `${Math.round(cpu * 100)} % of a core`,
    `${seen.p99Ms.toFixed(0)} ms`,
    returns.count.toLocaleString('en'),
    `${left.timers}, ${left.sockets}, ${left.seats}, ${left.keys.length}`,
    String(result.broken.length),
  ]
  const isJudged = minutes * (1 - warmShare) >= judgedMinutesLeast
  const misses: [boolean, string][] = [
    [isJudged && slope > soakBars.slopeMost, 'memory grows more than 1 % in 10 minutes'],
    [!isClean(left), `something is left behind: ${JSON.stringify(left)}`],
    [!isGood(result), `an invariant broke: ${brokenOf(result).join('; ') || 'a target'}`],
    [joins.count === 0, 'nobody joined'],
  ]
  return {
    table: markdown([head, line]),
    note: isJudged ? '' : 'A run this short does not judge how memory grows.',
    misses: misses.flatMap(([isMissed, what]) => (isMissed ? [what] : [])),
  }
}
