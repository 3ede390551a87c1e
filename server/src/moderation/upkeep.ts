/**
 * Now and then: forgets removed lines that nobody can bring back any more, and carries out what
 * decisions left, of processes that are gone included.
 */
import { within } from '../platform/within.ts'
import type { Effects } from './carry-out.ts'
import type { ModerationDeps } from './deps.ts'
import { houseLimits } from './limits.ts'
import { forgetRemoved } from './restore-archive.ts'

const forgetEveryMs = 3600_000

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepModerationTidy(
  { database, world, log }: Pick<ModerationDeps, 'database' | 'world' | 'log'>,
  effects: Pick<Effects, 'carryOutDue' | 'halt'>,
): () => Promise<void> {
  let forgetting: Promise<void> = Promise.resolve()
  const forget = () => {
    forgetting = forgetRemoved(database.sql, world.now()).then(
      (forgotten) => log.debug({ forgotten }, 'forgot removed lines'),
      // The next round tries again; nothing depends on this one.
      (err: unknown) => log.warn({ err }, 'could not forget removed lines'),
    )
  }
  let carrying: Promise<void> = Promise.resolve()
  const carryOut = (isStart: boolean) => {
    carrying = effects.carryOutDue(isStart).catch((err: unknown) => {
      log.warn({ err }, 'could not look for what decisions left')
    })
  }
  forget()
  carryOut(true)
  const timers = [
    setInterval(forget, forgetEveryMs),
    setInterval(() => carryOut(false), houseLimits.effectsEveryMs),
  ]
  return async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer)
    await effects.halt()
    await within(houseLimits.effectsHaltMs, Promise.all([forgetting, carrying]))
  }
}
