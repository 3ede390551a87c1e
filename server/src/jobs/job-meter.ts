/** Figures of jobs for Prometheus. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export interface JobMeter {
  ran(job: string, outcome: 'done' | 'failed', tookMs: number): void
}

export function jobMeter(registry: Registry): JobMeter {
  const registers = [registry]
  const runs = new Counter({
    name: 'odeon_job_runs_total',
    help: 'Runs of jobs, by what came of them',
    labelNames: ['job', 'outcome'],
    registers,
  })
  const seconds = new Histogram({
    name: 'odeon_job_seconds',
    help: 'Time a run of a job took',
    labelNames: ['job'],
    buckets: [0.005, 0.025, 0.1, 0.5, 2, 10, 60, 300],
    registers,
  })
  const lastDone = new Gauge({
    name: 'odeon_job_last_done_timestamp_seconds',
    help: 'When this process last did a job to its end, Unix time',
    labelNames: ['job'],
    registers,
  })
  return {
    ran(job, outcome, tookMs) {
      runs.inc({ job, outcome })
      seconds.observe({ job }, tookMs / 1_000)
      if (outcome === 'done') lastDone.setToCurrentTime({ job })
    },
  }
}
