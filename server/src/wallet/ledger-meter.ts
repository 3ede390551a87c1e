/** Figures of the ledger for Prometheus. */
import type { Prepared } from '@odeon/rooms'
import type { TransferOutcome } from '@odeon/rooms/ports'
import { Counter, Histogram, type Registry } from 'prom-client'

export interface LedgerMeter {
  batch(asked: readonly Prepared[], outcomes: readonly TransferOutcome[], tookMs: number): void
  /** A transfer found no room to wait. */
  busy(kind: string): void
}

export function ledgerMeter(registry: Registry): LedgerMeter {
  const registers = [registry]
  const transfers = new Counter({
    name: 'odeon_ledger_transfers_total',
    help: 'Transfers asked, by what they are for and what came of them',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const sizes = new Histogram({
    name: 'odeon_ledger_batch_transfers',
    help: 'Transfers that were written together',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 512],
    registers,
  })
  const seconds = new Histogram({
    name: 'odeon_ledger_batch_seconds',
    help: 'Time to settle transfers that were written together, retries included',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  })
  return {
    batch(asked, outcomes, tookMs) {
      sizes.observe(asked.length)
      seconds.observe(tookMs / 1_000)
      outcomes.forEach((outcome, index) => {
        const { kind = '', isWellFormed = false } = kindOf(asked[index])
        transfers.inc({ kind: isWellFormed ? kind : 'unknown', outcome: nameOf(outcome) })
      })
    },
    busy: (kind) => transfers.inc({ kind, outcome: 'ledger_busy' }),
  }
}

const kindOf = (one: Prepared | undefined) =>
  one === undefined ? {} : { kind: one.ask.kind, isWellFormed: one.isWellFormed }

function nameOf(outcome: TransferOutcome): string {
  if ('refused' in outcome) return outcome.refused
  return outcome.isReplayed ? 'replayed' : 'posted'
}
