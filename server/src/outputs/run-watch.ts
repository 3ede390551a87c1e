/** How programs are in truth: of one that died, the service says for ever that it runs. */
import { liveRoomId } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import { type Egress, EgressAway, type EgressRun, type RunPulse } from './egress.ts'
import type { OutputStream } from './output-rows.ts'
import { isGivenUp, stopRun } from './output-step.ts'
import { outputLimits } from './protocol.ts'

export interface RunWatch {
  /** What runs for a stream in truth, and the ids of those that are said to run and are dead. */
  runsOf(stream: OutputStream, now: number): Promise<RunsOf>
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
}

interface WatchDeps {
  egress: Egress
  log: Logger
}

const forgottenAfterMs = 10 * 60_000

export function runWatch({ egress, log }: WatchDeps): RunWatch {
  const known = new Map<string, Known>()

  const feel = async (roomId: string, run: EgressRun, now: number): Promise<void> => {
    const one = known.get(run.id) ?? { askedAt: now, seenAt: now, pulse: 'well', times: 0 }
    known.set(run.id, one)
    one.seenAt = now
    if (now - one.askedAt < outputLimits.pulseEveryMs) return
    one.askedAt = now
    try {
      const pulse = await egress.pulse(roomId, run)
      one.times = pulse === one.pulse ? one.times + 1 : 1
      one.pulse = pulse
    } catch (error) {
      // LiveKit is away, which says nothing of the program.
      if (!(error instanceof EgressAway)) throw error
      return
    }
    if (one.pulse !== 'well' && one.times === outputLimits.pulsesMissedMax) {
      const about = { roomId, egressId: run.id, pulse: one.pulse }
      log.error(about, 'a program that sends a stream runs no more and is given up')
    }
  }
  const those = (runs: readonly EgressRun[], pulse: RunPulse) => {
    const isSo = (one: Known | undefined) =>
      one?.pulse === pulse && one.times >= outputLimits.pulsesMissedMax
    return new Set(runs.map(({ id }) => id).filter((id) => isSo(known.get(id))))
  }

  return {
    async runsOf(stream, now) {
      for (const [id, { seenAt }] of known) {
        if (now - seenAt > forgottenAfterMs) known.delete(id)
      }
      const roomId = liveRoomId(stream.id)
      const said = await egress.running(roomId)
      await Promise.all(said.map((run) => feel(roomId, run, now)))
      const dead = those(said, 'none')
      const blind = those(said, 'blind')
      const runs = said.filter((run) => !isGivenUp({ stream, dead, now }, run))
      for (const run of said) {
        const { id: egressId, state } = run
        if (runs.includes(run) || dead.has(egressId)) continue
        const about = { streamId: stream.id, egressId, state }
        log.error(about, 'a program that sends a stream does not end and is given up')
      }
      // It keeps what it has filmed.
      for (const run of runs) if (blind.has(run.id)) await stopRun({ egress, log, stream }, run)
      return { runs, dead }
    },
  }
}
