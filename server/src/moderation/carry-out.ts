/** Carries out what decisions left, after their commit: at once, at start, and now and then. */
import { within } from '../platform/within.ts'
import type { EffectDeps } from './deps.ts'
import { houseLimits } from './limits.ts'
import {
  type Effect,
  effectsDue,
  finishEffect,
  goOnFrom,
  holdEffect,
  putOffEffect,
} from './pending-effects.ts'
import { redactStep } from './redact-archive.ts'
import { restoreStep } from './restore-archive.ts'
import { sendLetter } from './send-letter.ts'
import { standingRemovals } from './standing-removals.ts'
import { removeInRooms, restoreInRooms } from './tell-concerned.ts'

export interface Effects {
  /** Resolves when all were tried; what failed was logged and is tried again later. */
  carryOut(ids: readonly string[]): Promise<void>
  /** Whatever is due; at a start all there is, since whoever wrote it may be gone. */
  carryOutDue(isStart: boolean): Promise<void>
  /** Ends what runs behind its next step. */
  halt(): Promise<void>
}

/** The turn of one that may turn out to be a notice. */
interface Turn {
  /** Resolves once those before it are posted. */
  before: Promise<unknown>
  told: () => void
}

export function effectsOf(deps: EffectDeps): Effects {
  const { database, world, log } = deps
  /** What runs here now, so that one process does nothing side by side with itself. */
  const running = new Map<string, Promise<void>>()
  /** Long ones follow one another: they are many statements, and nobody waits for them. */
  let long: Promise<void> = Promise.resolve()
  const gait = { isHalted: false }

  const steps = async (id: string, step: () => Promise<boolean>): Promise<void> => {
    const turn = long.then(async () => {
      for (let more = true; more && !gait.isHalted; ) more = await step()
    })
    long = turn.catch(() => undefined)
    await turn
    log.debug({ id }, 'went through the kept log')
  }

  /** People are told in the order in which it was decided here. */
  let told: Promise<unknown> = Promise.resolve()

  const run = async (id: string, { before, told: over }: Turn): Promise<void> => {
    try {
      const effect = await holdEffect(database.sql, id)
      if (effect === null) return
      if (effect.kind === 'notice') {
        await before
        return await postOnce(deps, id)
      }
      over()
      if (effect.kind === 'redact') return await steps(id, () => redactOnce(deps, id))
      if (effect.kind === 'restore') return await steps(id, () => restoreOnce(deps, id))
      await doOnce(deps, id, effect)
      await finishEffect(database.sql, id)
    } catch (err) {
      log.error({ err, id }, 'what a decision left could not be carried out yet')
      await putOffEffect(database.sql, id, world.now()).catch((error: unknown) =>
        log.warn({ err: error, id }, 'an effect keeps its time'),
      )
    }
  }

  const start = (id: string): Promise<void> => {
    const known = running.get(id)
    if (known) return known
    const { promise, resolve } = Promise.withResolvers<void>()
    const turn = { before: told, told: resolve }
    told = Promise.all([told, promise]).then(() => undefined)
    const work = run(id, turn).finally(() => {
      resolve()
      running.delete(id)
    })
    running.set(id, work)
    return work
  }

  const carryOut = async (ids: readonly string[]) => void (await Promise.all(ids.map(start)))

  return {
    carryOut,
    async carryOutDue(isStart) {
      gait.isHalted = false
      await carryOut(await effectsDue(database.sql, isStart ? null : world.now()))
    },
    async halt() {
      gait.isHalted = true
      const outcome = await within(houseLimits.effectsHaltMs, Promise.all(running.values()))
      if (outcome === 'late') log.warn({}, 'what a decision left is for the next start')
    },
  }
}

/** Over and over comes to the same: a suspended account is out, an ended stream has ended. */
async function doOnce(
  deps: EffectDeps,
  id: string,
  effect: Extract<Effect, { kind: 'account' | 'end_stream' | 'letter' }>,
): Promise<void> {
  const work = (): Promise<unknown> => {
    if (effect.kind === 'account') return deps.settleAccount(effect.userId)
    if (effect.kind === 'letter') return sendLetter(deps, id, effect)
    return deps.endStream(effect.streamId)
  }
  const outcome = await within(houseLimits.effectMs, work())
  if (outcome === 'late') throw new Error(`${effect.kind} takes too long`)
}

/** Posting and being done are one: a notice is there once. */
async function postOnce({ database, notices }: EffectDeps, id: string): Promise<void> {
  const tell = await database.transaction(async (sql) => {
    const effect = await holdEffect(sql, id)
    if (effect?.kind !== 'notice') return undefined
    const posted = await notices.postIn(sql, effect.userIds, effect.notice)
    await finishEffect(sql, id)
    return posted
  })
  tell?.()
}

/** One step of a purge; true when there is another. */
async function redactOnce(deps: EffectDeps, id: string): Promise<boolean> {
  const outcome = await deps.database.transaction(async (sql) => {
    const effect = await holdEffect(sql, id)
    if (effect?.kind !== 'redact') return null
    const { next, ...redaction } = effect
    const step = await redactStep(sql, redaction, next)
    if (step.next) await goOnFrom(sql, { id, at: deps.world.now(), next: step.next })
    else await finishEffect(sql, id)
    return step
  })
  // A room that opened meanwhile may have read what is gone now.
  for (const { roomId, ids } of outcome?.taken ?? []) removeInRooms(deps, roomId, ids)
  return outcome?.next != null
}

async function restoreOnce(deps: EffectDeps, id: string): Promise<boolean> {
  const outcome = await deps.database.transaction(async (sql) => {
    const effect = await holdEffect(sql, id)
    if (effect?.kind !== 'restore') return null
    const standing = await standingRemovals(sql, {
      channelId: effect.channelId,
      apartFrom: effect.actionId,
      now: deps.world.now(),
    })
    const step = await restoreStep(sql, { actionId: effect.actionId, standing })
    if (!step.more) await finishEffect(sql, id)
    return { ...step, actingRoomId: effect.actingRoomId }
  })
  if (outcome) restoreInRooms(deps, outcome.lines, outcome.actingRoomId)
  return outcome?.more ?? false
}
