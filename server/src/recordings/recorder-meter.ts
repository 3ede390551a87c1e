/** Figures of the recorder for Prometheus. */
import { Counter, Gauge, type Registry } from 'prom-client'

export interface RecorderMeter {
  /** Time spent writing frames into segments, and how many they were. */
  worked(frames: number, ms: number): void
  stored(bytes: number): void
  failed(): void
  /** Text of segments given up because storing failed for too long. */
  lost(bytes: number): void
  /** A room's frames came faster than they were written. */
  overrun(): void
  /** Whether the store could be reached when last tried. */
  reached(isReached: boolean): void
}

export function recorderMeter(registry?: Registry): RecorderMeter {
  const registers = registry ? [registry] : []
  const counter = (name: string, help: string) =>
    new Counter({ name: `odeon_recorder_${name}`, help, registers })
  const frames = counter('frames_total', 'Frames written into segments')
  const seconds = counter('work_seconds_total', 'Time spent writing frames into segments')
  const segments = counter('segments_stored_total', 'Segments stored, growing ones each time')
  const bytes = counter('stored_bytes_total', 'Bytes of segments stored')
  const failures = counter('failures_total', 'Times that storing segments failed')
  const lost = counter('lost_bytes_total', 'Text of segments given up')
  const overruns = counter('overruns_total', 'Holes because frames came too fast')
  const up = new Gauge({
    name: 'odeon_recorder_store_up',
    help: 'Whether recordings could be stored when last tried',
    registers,
  })
  const reached = (isReached: boolean) => up.set(Number(isReached))
  reached(true)
  return {
    worked(count, ms) {
      frames.inc(count)
      seconds.inc(ms / 1_000)
    },
    stored(count) {
      segments.inc()
      bytes.inc(count)
      reached(true)
    },
    failed() {
      failures.inc()
      reached(false)
    },
    lost: (count) => lost.inc(count),
    overrun: () => overruns.inc(),
    reached,
  }
}
