/** Whether programs are there still: of one that died, the service says for ever that it runs. */
import type { Logger } from '@odeon/rooms/ports'
import { type Egress, EgressAway, type EgressRun } from './egress.ts'
import { outputLimits } from './protocol.ts'

export interface RunPulse {
  /** Ids of those that are dead. Asked as often as one likes: each is asked now and then. */
  deadOf(runs: readonly EgressRun[], now: number): Promise<ReadonlySet<string>>
}

interface Pulse {
  askedAt: number
  seenAt: number
  /** In a row. */
  missed: number
}

const forgottenAfterMs = 10 * 60_000

interface PulseDeps {
  egress: Pick<Egress, 'answers'>
  log: Logger
}

export function runPulse({ egress, log }: PulseDeps): RunPulse {
  const known = new Map<string, Pulse>()

  const feel = async (id: string, now: number): Promise<void> => {
    const pulse = known.get(id) ?? { askedAt: now, seenAt: now, missed: 0 }
    known.set(id, pulse)
    pulse.seenAt = now
    if (now - pulse.askedAt < outputLimits.pulseEveryMs) return
    pulse.askedAt = now
    try {
      pulse.missed = (await egress.answers(id)) ? 0 : pulse.missed + 1
      if (pulse.missed === outputLimits.pulsesMissedMax) {
        log.error({ egressId: id }, 'a program that sends a stream answers no more and is given up')
      }
    } catch (error) {
      // LiveKit is away, which says nothing of the program.
      if (!(error instanceof EgressAway)) throw error
    }
  }
  const isDead = (id: string) => (known.get(id)?.missed ?? 0) >= outputLimits.pulsesMissedMax

  return {
    async deadOf(runs, now) {
      for (const [id, { seenAt }] of known) {
        if (now - seenAt > forgottenAfterMs) known.delete(id)
      }
      await Promise.all(runs.map(({ id }) => feel(id, now)))
      return new Set(runs.map(({ id }) => id).filter(isDead))
    },
  }
}
