/** How programs are in truth: of one that died, the service says for ever that it runs. */
import type { Logger } from '@odeon/rooms/ports'
import { type Egress, EgressAway, type EgressRun, type RunPulse } from './egress.ts'
import { outputLimits } from './protocol.ts'

export interface RunWatch {
  /** Asked as often as one likes: each is looked at now and then. */
  look(roomId: string, runs: readonly EgressRun[], now: number): Promise<WatchedRuns>
}

/** Ids of those that were so several times in a row. */
export interface WatchedRuns {
  dead: ReadonlySet<string>
  blind: ReadonlySet<string>
}

interface Known {
  askedAt: number
  seenAt: number
  pulse: RunPulse
  /** In a row. */
  times: number
}

interface WatchDeps {
  egress: Pick<Egress, 'pulse'>
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
    async look(roomId, runs, now) {
      for (const [id, { seenAt }] of known) {
        if (now - seenAt > forgottenAfterMs) known.delete(id)
      }
      await Promise.all(runs.map((run) => feel(roomId, run, now)))
      return { dead: those(runs, 'none'), blind: those(runs, 'blind') }
    },
  }
}
