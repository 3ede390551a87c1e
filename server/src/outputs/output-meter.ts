/** Figures of outputs for Prometheus. */
import { Counter, Gauge, type Registry } from 'prom-client'
import type { OutputRow } from './output-rows.ts'
import type { OutputState } from './protocol.ts'

export interface OutputMeter {
  started(kind: OutputRow['kind']): void
  failed(kind: OutputRow['kind']): void
  /** It waits for a place in the house. */
  noRoom(kind: OutputRow['kind']): void
  /** Programs that run in the whole house. */
  running(count: number): void
  /** How many there are of each kind and state, of streams that are not over. */
  are(counts: readonly { kind: OutputRow['kind']; state: OutputState; count: number }[]): void
}

export function outputMeter(registry?: Registry): OutputMeter {
  const registers = registry ? [registry] : []
  const labelNames = ['kind'] as const
  const counter = (name: string, help: string) =>
    new Counter({ name: `odeon_outputs_${name}`, help, labelNames, registers })
  const started = counter('started_total', 'Outputs of streams that were begun')
  const failed = counter('failures_total', 'Times that an output of a stream failed')
  const noRoom = counter('no_room_total', 'Times that an output found no room in the house')
  const running = new Gauge({
    name: 'odeon_outputs_running',
    help: 'Programs that compose streams and send them on, in the whole house',
    registers,
  })
  const now = new Gauge({
    name: 'odeon_outputs',
    help: 'Outputs of streams that are not over, by how they go',
    labelNames: ['kind', 'state'],
    registers,
  })
  return {
    started: (kind) => started.inc({ kind }),
    failed: (kind) => failed.inc({ kind }),
    noRoom: (kind) => noRoom.inc({ kind }),
    running: (count) => running.set(count),
    are(counts) {
      now.reset()
      for (const { kind, state, count } of counts) now.set({ kind, state }, count)
    },
  }
}
