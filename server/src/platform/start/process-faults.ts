/**
 * What happens with errors nobody caught. A rejected promise is logged and counted, and the server
 * goes on; an exception ends it only when it is not one of the connection errors we know.
 */
import type { Logger } from '@odeon/rooms/ports'
import { Counter, type Registry } from 'prom-client'
import { DatabaseUnavailable } from '../database.ts'

export interface ProcessFaultsOptions {
  log: Logger
  /** Called once, for an exception after which nothing can be trusted. */
  giveUp(): void
  registry?: Registry
}

/** A peer, a pipe or the database went away while something was written to it. */
const passing = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTCONN',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
])

export type FaultKind = 'rejection' | 'passing' | 'fatal'

export function kindOfException(error: unknown): Exclude<FaultKind, 'rejection'> {
  if (error instanceof DatabaseUnavailable) return 'passing'
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && passing.has(code) ? 'passing' : 'fatal'
}

/** Returns a function that takes the listeners away again. */
export function watchProcessFaults({ log, giveUp, registry }: ProcessFaultsOptions): () => void {
  const counter = new Counter({
    name: 'odeon_process_faults_total',
    help: 'Errors that nothing caught',
    labelNames: ['kind'],
    registers: registry ? [registry] : [],
  })
  const note = (kind: FaultKind, err: unknown, text: string) => {
    counter.inc({ kind })
    log.error({ err, kind }, text)
  }
  const onRejection = (reason: unknown) => note('rejection', reason, 'a promise nobody awaited')
  const onException = (error: unknown) => {
    const kind = kindOfException(error)
    note(kind, error, kind === 'passing' ? 'a connection broke' : 'an unknown fault; stopping')
    if (kind === 'fatal') giveUp()
  }
  process.on('unhandledRejection', onRejection)
  process.on('uncaughtException', onException)
  return () => {
    process.off('unhandledRejection', onRejection)
    process.off('uncaughtException', onException)
  }
}
