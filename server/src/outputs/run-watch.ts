/** How programs are in truth: of one that died, the service says for ever that it runs. */
import { liveRoomId } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { type Egress, EgressAway, type EgressRun, type RunPulse } from './egress.ts'
import { overOf } from './output-budget.ts'
import type { OutputStream } from './output-rows.ts'
import { isGivenUp } from './output-step.ts'
import { outputLimits } from './protocol.ts'

export interface RunWatch {
  /** What runs for a stream in truth, and the ids of those that are said to run and are dead. */
  runsOf(stream: OutputStream, now: number): Promise<RunsOf>
  /**
   * Whatever becomes of it, the rest of the stream is settled: false when it did not stop. Which
   * does not for so long as one may miss its pulse is dead, too.
   */
  stop(stream: OutputStream, run: EgressRun): Promise<boolean>
}

interface RunsOf {
  runs: EgressRun[]
  dead: ReadonlySet<string>
}

interface Known {
  askedAt: number
  seenAt: number
  pulse: RunPulse
  /** In a row. */
  times: number
  /** When it last was there. */
  answeredAt: number
  /** How often it did not stop, and when that was last counted. */
  stopsMissed: number
  stopMissedAt: number
}

interface Felt {
  now: number
  /** Since when it is over by what is written down. */
  overAt: number | undefined
}

interface WatchDeps {
  sql: Sql
  egress: Egress
  log: Logger
}

const forgottenAfterMs = 10 * 60_000
const { pulseEveryMs, pulsesMissedMax } = outputLimits

const newlySeen = (now: number): Known => {
  const stops = { stopsMissed: 0, stopMissedAt: -Infinity }
  return { askedAt: now, seenAt: now, pulse: 'well', times: 0, answeredAt: -Infinity, ...stops }
}

const doesNotStop = ({ stopsMissed }: Known) => stopsMissed >= pulsesMissedMax
const isSo = (one: Known, pulse: RunPulse) => one.pulse === pulse && one.times >= pulsesMissedMax

export function runWatch({ sql, egress, log }: WatchDeps): RunWatch {
  const known = new Map<string, Known>()
  const seen = (id: string, now: number) => {
    const one = known.get(id) ?? newlySeen(now)
    known.set(id, one)
    one.seenAt = now
    return one
  }

  const stop = async (streamId: string, { id, state }: EgressRun, now: number) => {
    if (state === 'ending') return true
    try {
      await egress.stop(id)
      return true
    } catch (error) {
      if (!(error instanceof EgressAway)) throw error
      const one = seen(id, now)
      const about = { streamId, egressId: id }
      log.warn(about, 'a program that sends a stream did not stop')
      const sinceMs = now - one.stopMissedAt
      if (sinceMs < pulseEveryMs) return false
      if (sinceMs > forgottenAfterMs && !doesNotStop(one)) one.stopsMissed = 0
      one.stopMissedAt = now
      one.stopsMissed += 1
      if (one.stopsMissed === pulsesMissedMax) {
        log.error(about, 'a program that sends a stream does not stop and is given up')
      }
      return false
    }
  }

  const feel = async (stream: OutputStream, run: EgressRun, { now, overAt }: Felt) => {
    const one = seen(run.id, now)
    // Whoever watched before, here or elsewhere, gave it up: it is dead until it says otherwise.
    if (overAt !== undefined && overAt >= one.answeredAt && !isSo(one, 'none')) {
      Object.assign(one, { pulse: 'none', times: pulsesMissedMax, askedAt: -Infinity })
    }
    if (now - one.askedAt < pulseEveryMs) return
    one.askedAt = now
    // It may send still what nobody wants any more.
    if (doesNotStop(one)) return void (await stop(stream.id, run, now))
    const roomId = liveRoomId(stream.id)
    try {
      const pulse = await egress.pulse(roomId, run)
      one.times = pulse === one.pulse ? one.times + 1 : 1
      one.pulse = pulse
      if (pulse !== 'none') one.answeredAt = now
    } catch (error) {
      // LiveKit is away, which says nothing of the program.
      if (!(error instanceof EgressAway)) throw error
      return
    }
    if (one.pulse !== 'well' && one.times === pulsesMissedMax) {
      const about = { roomId, egressId: run.id, pulse: one.pulse }
      log.error(about, 'a program that sends a stream runs no more and is given up')
    }
  }
  const those = (runs: readonly EgressRun[], is: (one: Known) => boolean) => {
    const found = runs.filter(({ id }) => {
      const one = known.get(id)
      return one !== undefined && is(one)
    })
    return new Set(found.map(({ id }) => id))
  }

  return {
    async runsOf(stream, now) {
      for (const [id, { seenAt }] of known) {
        if (now - seenAt > forgottenAfterMs) known.delete(id)
      }
      const said = await egress.running(liveRoomId(stream.id))
      const over = await overOf(sql, stream.id)
      await Promise.all(said.map((run) => feel(stream, run, { now, overAt: over.get(run.id) })))
      const dead = those(said, (one) => isSo(one, 'none') || doesNotStop(one))
      const blind = those(said, (one) => isSo(one, 'blind'))
      const runs = said.filter((run) => !isGivenUp({ stream, dead, now }, run))
      for (const run of said) {
        const { id: egressId, state } = run
        if (runs.includes(run) || dead.has(egressId)) continue
        const about = { streamId: stream.id, egressId, state }
        log.error(about, 'a program that sends a stream does not end and is given up')
      }
      // It keeps what it has filmed.
      for (const run of runs) if (blind.has(run.id)) await stop(stream.id, run, now)
      return { runs, dead }
    },
    stop: (stream, run) => stop(stream.id, run, known.get(run.id)?.seenAt ?? 0),
  }
}
