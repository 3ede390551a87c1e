/** Kills one part of a house after the other, in an order of its seed, and starts it again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../load/seeded.ts'

/** Something that can be killed. */
export interface Victim {
  name: string
  /** True while it can be killed. */
  isUp(): boolean
  /** Kills it with SIGKILL; resolves when it is dead, and rejects when it is not. */
  kill(): Promise<void>
  /** Starts it again; resolves when it serves. */
  restart(): Promise<void>
}

export interface Death {
  victim: string
  /** Since the run began, ms. */
  atMs: number
  backAfterMs: number
}

const usual = { gapMsLeast: 1_500, gapMsMost: 4_500, deadMsMost: 1_500 }

/** Each once before any is again. */
function* turns(victims: readonly Victim[], random: () => number): Generator<Victim> {
  for (;;) {
    const left = [...victims]
    while (left.length > 0) yield left.splice(Math.floor(random() * left.length), 1)[0] as Victim
  }
}

/**
 * Until `untilMs` of `performance.now()`; resolves when all that was killed serves again. One that
 * is still on its way back is waited for, others die meanwhile.
 */
export async function strike(options: {
  victims: readonly Victim[]
  seed: number
  untilMs: number
  say: (line: string) => void
  /** Between two deaths, and how long one is dead before it is started. */
  pauses?: typeof usual
}): Promise<Death[]> {
  const { victims, untilMs, say, pauses = usual } = options
  const { gapMsLeast, gapMsMost, deadMsMost } = pauses
  const random = seeded(options.seed)
  const beganAt = performance.now()
  const deaths: Death[] = []
  const returns: Promise<void>[] = []
  const faults: unknown[] = []
  for (const victim of turns(victims, random)) {
    await sleep(gapMsLeast + random() * (gapMsMost - gapMsLeast))
    while (!victim.isUp() && performance.now() < untilMs) await sleep(50)
    if (performance.now() >= untilMs) break
    const atMs = performance.now()
    await victim.kill()
    const deadMs = random() * deadMsMost
    const back = async () => {
      await sleep(deadMs)
      await victim.restart()
      const backAfterMs = performance.now() - atMs
      deaths.push({ victim: victim.name, atMs: atMs - beganAt, backAfterMs })
      const [when, took] = [atMs - beganAt, backAfterMs].map((ms) => (ms / 1_000).toFixed(1))
      say(`  ${when} s: ${victim.name} killed, back after ${took} s`)
    }
    returns.push(back().catch((error: unknown) => void faults.push(error)))
  }
  await Promise.all(returns)
  if (faults.length > 0) throw faults[0]
  return deaths.sort((one, other) => one.atMs - other.atMs)
}
