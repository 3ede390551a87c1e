/** What a step of an output needs, and what becomes of one that was begun or failed. */
import { liveRoomId } from '@odeon/rooms'
import type { Logger } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { type Egress, EgressAway, type EgressRun } from './egress.ts'
import type { Places } from './house-places.ts'
import type { OutputMeter } from './output-meter.ts'
import { keepRow, type OutputRow, type OutputStream } from './output-rows.ts'
import { outputLimits, type OutputRefusal } from './protocol.ts'

export interface Step {
  egress: Egress
  sql: Sql
  log: Logger
  stream: OutputStream
  /** False when it did not: it is told again in the next round, and given up at last. */
  stop(run: EgressRun): Promise<boolean>
  /** Runs that are said to go on and are dead. */
  dead: ReadonlySet<string>
  meter: OutputMeter
  /** In the whole house. */
  places: Places
  /** Unix ms, when it was looked at. */
  now: number
  /** Unix ms, when it is written down: a start is waited for. */
  clock(): number
  /** When the channel has minutes again that it has not now. */
  spentUntil: number | undefined
}

export const roomOf = ({ stream }: Step) => liveRoomId(stream.id)

/** It is dead, or says for ever that it runs; storing a long film takes its time. */
export function isGivenUp(
  { stream: { endedAt }, dead, now }: Pick<Step, 'stream' | 'dead' | 'now'>,
  run: EgressRun,
) {
  if (dead.has(run.id)) return true
  const { stopMsMax, storeMsMax } = outputLimits
  return endedAt !== null && now - endedAt > (run.state === 'ending' ? storeMsMax : stopMsMax)
}

/** It runs, or is about to, or stores what it made. */
export const isStill = (step: Pick<Step, 'stream' | 'dead' | 'now'>, run: EgressRun) =>
  run.state !== 'ended' && run.state !== 'failed' && !isGivenUp(step, run)

/** What a program says that is over, or why it is said to run and does not. */
export const whyOver = (run: EgressRun | undefined): string =>
  run === undefined || run.state === 'ended' || run.state === 'failed'
    ? (run?.problem ?? '')
    : 'What sent it did not answer any more.'

/** Nothing failed: the next one begins in its place. */
export const isOrderly = ({ isOrderly: said, startedAt, endedAt }: EgressRun) =>
  said && endedAt - startedAt >= outputLimits.orderlyMsMin

export const isOpen = ({ state }: OutputRow) => state === 'starting' || state === 'live'

/** Whether it may be begun now, the first time or again. */
export function isDue(row: OutputRow | undefined, now: number): boolean {
  if (row === undefined || row.state === 'ended') return true
  return row.state === 'waiting' && (row.nextAt ?? 0) <= now
}

/** Just begun: the service may not tell of it yet. */
export const isFresh = (row: OutputRow, now: number) =>
  row.state === 'starting' && now - row.changedAt < outputLimits.settleMs

export function newRow(target: string, kind: OutputRow['kind']): OutputRow {
  const times = { nextAt: null, changedAt: 0 }
  const none = { egressId: null, problem: '', refused: null, keyVersion: null }
  return { target, kind, state: 'waiting', attempts: 0, ...none, ...times }
}

/** Written only when it differs, so that a quiet stream writes nothing. */
export async function became(
  { sql, stream, clock }: Step,
  row: OutputRow,
  change: Partial<OutputRow>,
): Promise<void> {
  const next = { ...row, ...change }
  if (row.changedAt !== 0 && JSON.stringify(next) === JSON.stringify(row)) return
  await keepRow(sql, stream.id, { ...next, changedAt: clock() })
}

export async function wasBegun(step: Step, row: OutputRow, egressId: string): Promise<void> {
  step.meter.started(row.kind)
  const attempts = row.attempts + 1
  await became(step, row, { state: 'starting', egressId, attempts, nextAt: null, refused: null })
}

/** Waits and is begun again, at most so often; what went well for long begins to count anew. */
export async function hasFailed(
  step: Step,
  row: OutputRow,
  { problem, begun = 0 }: { problem: string; begun?: number },
): Promise<void> {
  const { attemptsMax, againAfterMs, againAfterMsMax } = outputLimits
  step.meter.failed(row.kind)
  const wentWell = row.state === 'live' && step.now - row.changedAt > againAfterMsMax
  const attempts = wentWell ? 1 : row.attempts + begun
  const isOver = attempts >= attemptsMax
  const afterMs = Math.min(againAfterMsMax, againAfterMs * 2 ** Math.max(0, attempts - 1))
  await became(step, row, {
    state: isOver ? 'failed' : 'waiting',
    problem: problem === '' ? 'It ended.' : problem,
    attempts,
    egressId: null,
    refused: null,
    nextAt: isOver ? null : step.clock() + afterMs,
  })
}

/** Nothing failed: it waits until the channel may have it. What waits for its owner goes on so. */
export async function isHeld(
  step: Step,
  row: OutputRow,
  { refused, nextAt }: { refused: OutputRefusal; nextAt: number },
): Promise<void> {
  if (row.state === 'failed') return
  await became(step, row, { state: 'waiting', egressId: null, problem: '', refused, nextAt })
}

/** What is begun later is as good: it waits, and no try of it is spent. */
export async function waitsForRoom(step: Step, row: OutputRow): Promise<void> {
  step.meter.noRoom(row.kind)
  const nextAt = step.clock() + outputLimits.noRoomAgainMs
  await isHeld(step, row, { refused: 'no_room', nextAt })
}

/** What went wrong, without addresses that hold keys. Whatever is not the service's is thrown. */
export function problemOf(error: unknown, secrets: readonly string[] = []): string {
  if (!(error instanceof EgressAway)) throw error
  return withoutSecrets(error.message, secrets)
}

/** Words of a service may repeat what it was told: addresses with their keys, and keys alone. */
export const withoutSecrets = (words: string, secrets: readonly string[]): string =>
  secrets.reduce((text, one) => text.replaceAll(one, '…'), words).replaceAll('\0', '')
