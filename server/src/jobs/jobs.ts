/** Work that is done again and again by one process for the whole house. */
import type { Logger } from '@odeon/rooms/ports'

/** It must do no harm when it is done twice, or by two at once. */
export interface Job {
  /** Such as `og.bonus`. */
  name: string
  everyMs: number
  run(): Promise<unknown>
}

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepJobs(jobs: readonly Job[], log: Logger): () => Promise<void> {
  const ends = jobs.map((job) => keepJob(job, log))
  return async () => void (await Promise.all(ends.map((end) => end())))
}

function keepJob({ name, everyMs, run }: Job, log: Logger): () => Promise<void> {
  let running: Promise<unknown> | undefined
  const round = () => {
    running ??= run()
      .catch((err: unknown) => log.warn({ err, job: name }, 'a job failed and is done again'))
      .finally(() => {
        running = undefined
      })
  }
  round()
  const timer = setInterval(round, everyMs)
  return async () => {
    clearInterval(timer)
    await running
  }
}
