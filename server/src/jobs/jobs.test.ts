// The same for both places where jobs are kept: a real PostgreSQL, and MongoDB's protocol by a real
// server for it.
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Registry } from 'prom-client'
import { openDatabase } from '../platform/database.ts'
import { privatePostgres } from '../platform/testing/private-postgres.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { testDatabase } from '../platform/testing/test-database.ts'
import { schema } from '../schema.ts'
import { jobMeter } from './job-meter.ts'
import { type Job, keepJobs } from './jobs.ts'
import type { JobStore } from './open-backend.ts'
import { demandFerretDb, hasFerretDb, privateFerretDb } from './testing/private-ferretdb.ts'

const paces = { lookEveryMs: 50, lockMs: 1_000, retryMs: 50, stopMs: 5_000 }

/** A job that counts how often it was begun, and how many at once. */
function counting(name: string, everyMs: number, work: () => unknown = () => undefined) {
  const seen = { runs: 0, now: 0, most: 0 }
  const run = async () => {
    seen.runs += 1
    seen.now += 1
    seen.most = Math.max(seen.most, seen.now)
    try {
      await work()
    } finally {
      seen.now -= 1
    }
  }
  return { job: { name, everyMs, run } satisfies Job, seen }
}

interface Kept {
  store: JobStore
  /** Ends the database the hard way; it comes back. */
  crash: () => Promise<void>
}

function contract(store: JobStore, mortal: () => Promise<Kept>) {
  const begin = (jobs: Job[], more: object = {}) => {
    const end = keepJobs({ store, jobs, log: quietLog, paces, ...more })
    onTestFinished(end)
    return end
  }

  test('[JOB-01] each job runs at once and then again and again', async () => {
    const [often, seldom] = [counting('test.often', 200), counting('test.seldom', 60_000)]
    begin([often.job, seldom.job])
    await expect.poll(() => seldom.seen.runs).toBeGreaterThan(0)
    await expect.poll(() => often.seen.runs).toBeGreaterThan(5)
    // Twice where a lock has run out on a busy machine before it was let go.
    expect(seldom.seen.runs).toBeLessThan(3)
  })

  test('[JOB-02] one that fails is done again, is counted, and holds nobody up', async () => {
    const registry = new Registry()
    const begunAt = Date.now()
    let fails = 3
    const broken = counting('test.broken', 100, () => {
      fails -= 1
      if (fails >= 0) throw new Error('broken')
    })
    const fine = counting('test.fine', 100)
    begin([broken.job, fine.job], { meter: jobMeter(registry) })
    await expect.poll(() => broken.seen.runs).toBeGreaterThan(3)
    expect(fine.seen.runs).toBeGreaterThan(1)
    const figures = await registry.metrics()
    expect(figures).toContain('odeon_job_runs_total{job="test.broken",outcome="failed"} 3')
    expect(figures).toMatch(/odeon_job_runs_total\{job="test.broken",outcome="done"\} [1-9]/)
    const doneAt = /odeon_job_last_done_timestamp_seconds\{job="test.broken"\} (\S+)/.exec(figures)
    expect(Number(doneAt?.[1]) * 1_000).toBeGreaterThanOrEqual(begunAt)
  })

  test('[JOB-03] an end waits for what runs, and nothing runs behind it', async () => {
    const held = Promise.withResolvers<void>()
    const slow = counting('test.slow', 100, () => held.promise)
    const end = begin([slow.job])
    await expect.poll(() => slow.seen.now).toBe(1)
    let isOver = false
    const ending = end().then(() => (isOver = true))
    await delay(100)
    expect(isOver).toBe(false)
    held.resolve()
    await ending
    const { runs } = slow.seen
    await delay(300)
    expect(slow.seen).toMatchObject({ runs, now: 0 })
    // What was written is read by the next: it is not locked any more.
    const next = counting('test.slow', 100)
    begin([next.job])
    await expect.poll(() => next.seen.runs).toBeGreaterThan(0)
  })

  test('[JOB-04] one whose lock ran out is not begun a second time by the same process', async () => {
    const held = Promise.withResolvers<void>()
    const long = counting('test.long', 100, () => held.promise)
    begin([long.job])
    await expect.poll(() => long.seen.now).toBe(1)
    await delay(paces.lockMs * 2)
    expect(long.seen).toMatchObject({ runs: 1, most: 1 })
    held.resolve()
    await expect.poll(() => long.seen.runs).toBeGreaterThan(1)
  })

  test('[JOB-04] two processes at once: a job is done in either, and go on when one ends', async () => {
    const [here, there] = [counting('test.both', 100), counting('test.both', 100)]
    const end = begin([here.job])
    begin([there.job])
    await expect.poll(() => here.seen.runs + there.seen.runs).toBeGreaterThan(5)
    await end()
    const { runs } = there.seen
    await expect.poll(() => there.seen.runs).toBeGreaterThan(runs + 2)
  })

  test('[JOB-05] a store that goes and comes back loses no job and ends nobody', async () => {
    const kept = await mortal()
    const steady = counting('test.steady', 100)
    begin([steady.job], { store: kept.store })
    await expect.poll(() => steady.seen.runs).toBeGreaterThan(1)
    await kept.crash()
    const { runs } = steady.seen
    await expect.poll(() => steady.seen.runs, { timeout: 30_000 }).toBeGreaterThan(runs + 2)
  })
}

const { url } = await testDatabase()

describe('jobs in PostgreSQL', () => {
  contract({ postgresUrl: url }, ownPostgres)

  test('[JOB-05] a store that is not there yet is waited for, and not beyond an end', async () => {
    const soon = counting('test.soon', 100)
    const store = { postgresUrl: url.replace(new URL(url).port, '1') }
    const end = keepJobs({ store, jobs: [soon.job], log: quietLog, paces })
    await delay(300)
    expect(soon.seen.runs).toBe(0)
    await end()
  })
})

async function ownPostgres(): Promise<Kept> {
  const postgres = await privatePostgres()
  await (await openDatabase({ url: postgres.url, log: quietLog, schema })).close()
  return { store: { postgresUrl: postgres.url }, crash: postgres.crash }
}

demandFerretDb()
const mongo = hasFerretDb ? await privateFerretDb() : undefined

describe.runIf(hasFerretDb)('[JOB-06] jobs by the protocol of MongoDB', () => {
  const store = { postgresUrl: 'postgres://nobody@127.0.0.1:1/none', mongoUrl: mongo?.url }
  contract(store, () => Promise.resolve({ store, crash: mongo?.crash ?? (async () => {}) }))
})
