/** `npm run bench -- relay-kill`: one relay of three dies with most of the audience. */
import { type Fault, faults } from '../faults/fault.ts'
import { runFault } from '../faults/run-fault.ts'
import { faultTable, relayMisses } from '../faults/verdict.ts'
import { colyseusVersions } from '../report/versions.ts'
import type { Bench } from './bench.ts'

/** Of as many as the relay holds: what the two others have. */
const othersShare = 0.15
const speakers = 120
const crowdedSeatMsMost = 10_000

export const bench: Bench = {
  title: 'kill -9 of a relay that holds 15,000 viewers',
  usesAllCores: true,
  async run({ isQuick, viewers: [wanted], say }) {
    const held = wanted ?? (isQuick ? 2_000 : 15_000)
    const viewers = Math.round(held * (1 + othersShare))
    const run = await runFault({
      // Whoever is new stands in line with the crowd that comes back.
      fault: { ...(faults['relay'] as Fault), seatMsMost: crowdedSeatMsMost },
      seed: 16,
      viewers,
      processes: 2,
      later: { processes: 2, afterViewers: held, speakers },
      beforeS: isQuick ? 8 : 15,
      afterS: isQuick ? 15 : 60,
      say,
    })
    return {
      heading: `A relay dies with ${held.toLocaleString('en')} of ${viewers.toLocaleString('en')}`,
      table: faultTable([run]),
      versions: colyseusVersions(),
      misses: relayMisses(run, held),
    }
  },
}
