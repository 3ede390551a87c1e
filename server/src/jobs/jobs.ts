/**
 * Work that is done again and again for the whole house, by Agenda: it remembers over restarts when
 * each is due. It may run a job twice or late, so what a job does is known by a key of its own.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { callbackify } from 'node:util'
import type { Logger } from '@odeon/rooms/ports'
import type { Agenda } from 'agenda'
import { within } from '../platform/within.ts'
import type { JobMeter } from './job-meter.ts'
import { type JobStore, openBackend } from './open-backend.ts'

/** It must do no harm when it is done twice, or by two at once. */
export interface Job {
  /** Such as `og.bonus`. */
  name: string
  everyMs: number
  run(): Promise<unknown>
}

export interface JobsDeps {
  store: JobStore
  jobs: readonly Job[]
  log: Logger
  meter?: JobMeter | undefined
  paces?: Partial<Record<keyof typeof jobPaces, number>>
}

export const jobPaces = {
  /** How often what is due is looked for. */
  lookEveryMs: 5_000,
  /** A job whose process died is begun anew so long after it began. */
  lockMs: 120_000,
  /** Pause before a store that cannot be reached is tried again. */
  retryMs: 5_000,
  /** What runs at the end is waited for so long. */
  stopMs: 5_000,
} as const

type OpenDeps = JobsDeps & { paces: Record<keyof typeof jobPaces, number> }

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepJobs(deps: JobsDeps): () => Promise<void> {
  const ended = new AbortController()
  const { signal } = ended
  const paces = { ...jobPaces, ...deps.paces }
  const begin = async (): Promise<(() => Promise<void>) | undefined> => {
    while (!signal.aborted) {
      try {
        return await open({ ...deps, paces }, signal)
      } catch (err) {
        deps.log.warn({ err }, 'jobs cannot be read; trying again')
        await delay(paces.retryMs, undefined, { signal }).catch(() => undefined)
      }
    }
    return undefined
  }
  const begun = begin()
  let ending: Promise<void> | undefined
  const end = async () => {
    ended.abort()
    await (await begun)?.()
  }
  return () => (ending ??= end())
}

/** What ends it. */
async function open(deps: OpenDeps, signal: AbortSignal): Promise<() => Promise<void>> {
  const { store, jobs, log, paces } = deps
  const { Agenda } = await import('agenda')
  const { backend, close } = await openBackend(store, log)
  const agenda = new Agenda({
    backend,
    processEvery: paces.lookEveryMs,
    defaultLockLifetime: paces.lockMs,
    defaultConcurrency: 1,
  })
  const failed = (err: unknown) => {
    if (!signal.aborted) log.warn({ err }, 'jobs are late')
  }
  agenda.on('error', failed)
  for (const job of jobs) agenda.define(job.name, callbackify(doing(job, deps)))
  const stop = async () => {
    const settled = allSettled(agenda)
    await agenda.stop(false).catch(failed)
    if ((await within(paces.stopMs, settled)) === 'late') {
      log.warn({}, 'a job is still busy; leaving it')
    }
    await close()
  }
  try {
    await agenda.start()
    guard(agenda, failed)
    await agenda.purge()
    for (const { name, everyMs } of jobs) await agenda.every(everyMs, name)
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

/** A run that outlives its lock is not begun a second time here. */
function doing({ name, run }: Job, { log, meter }: JobsDeps) {
  let running: Promise<void> | undefined
  const work = async () => {
    const startedAt = performance.now()
    const note = (outcome: 'done' | 'failed') =>
      meter?.ran(name, outcome, performance.now() - startedAt)
    try {
      await run()
      note('done')
    } catch (err) {
      log.warn({ err, job: name }, 'a job failed and is done again')
      note('failed')
      throw err
    }
  }
  // Agenda tells by the number of parameters that it is called back.
  return (_job: unknown): Promise<void> => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }
}

/** The part of Agenda's own runner that is used here. */
interface Processor {
  readonly runningJobs: readonly unknown[]
  jobProcessing(handled?: unknown[]): Promise<void>
}
const processorOf = (agenda: Agenda) => Reflect.get(agenda, 'jobProcessor') as Processor | undefined

/** Agenda awaits these nowhere: a database that goes at that moment would be nobody's to catch. */
function guard(agenda: Agenda, failed: (error: unknown) => void): void {
  const { db } = agenda
  const unlock = db.unlockJob.bind(db)
  db.unlockJob = (job) => unlock(job).catch(failed)
  const processor = processorOf(agenda)
  if (processor === undefined) return
  const processing = processor.jobProcessing.bind(processor)
  processor.jobProcessing = (handled) => processing(handled).catch(failed)
}

/** What runs now has ended, and Agenda has written that it did. */
function allSettled(agenda: Agenda): Promise<void> {
  const processor = processorOf(agenda)
  const isIdle = () => processor === undefined || processor.runningJobs.length === 0
  if (isIdle()) return Promise.resolve()
  return new Promise((resolve) => {
    // A job leaves the list a moment behind its event.
    agenda.on('complete', () => setImmediate(() => isIdle() && resolve()))
  })
}
