/** A stream's film: begun when it is wanted, one at a time, ended with the stream. */
import { EgressFull, type EgressRun } from './egress.ts'
import type { FilmBook } from './film-book.ts'
import { heldPlace } from './house-places.ts'
import type { OutputRow } from './output-rows.ts'
import {
  became,
  hasFailed,
  isDue,
  isFresh,
  isHeld,
  isOpen,
  isOrderly,
  isStill,
  newRow,
  problemOf,
  roomOf,
  type Step,
  waitsForRoom,
  wasBegun,
  whyOver,
} from './output-step.ts'
import { outputLimits } from './protocol.ts'

export interface FilmStep extends Step {
  isWanted: boolean
  /** Of one film; 0: without end. What is longer is several. */
  lengthMsMax: number
  book: FilmBook
}

export async function settleFilm(
  step: FilmStep,
  runs: readonly EgressRun[],
  known: OutputRow | undefined,
): Promise<void> {
  const { isWanted, now, book, spentUntil } = step
  const films = runs.filter(({ kind }) => kind === 'film')
  const row = known ?? newRow(step.stream.id, 'film')
  const kept = keptOf(films, row)
  const goesOnNow = isWanted && spentUntil === undefined
  // Of two that were begun at once, one is too many.
  for (const one of films) if (one !== kept || !goesOnNow) await step.stop(one)
  if (kept?.state === 'ending' && goesOnNow && wasFull(step, row, kept)) {
    // It is stored, which takes minutes: the next part begins in its place.
    const next = kept.id === row.egressId ? { ...row, ...anew(now) } : row
    if (isDue(next, now)) await begin({ ...step, places: heldPlace }, next)
    return
  }
  if (kept) {
    if (kept.state === 'live' && isFull(step, row, kept)) await step.stop(kept)
    const state = kept.state === 'starting' ? 'starting' : 'live'
    if (kept.id !== row.egressId) for (const file of kept.files) await book.begun(file, kept.id)
    return await became(step, row, { state, egressId: kept.id, problem: '', refused: null })
  }
  if (isOpen(row)) return await isOver(step, row)
  if (!isWanted) {
    if (row.state === 'waiting' && known) await became(step, row, { state: 'ended' })
    return
  }
  if (spentUntil !== undefined) return await isSpent(step, row, spentUntil)
  if (isDue(known, now)) await begin(step, row)
}

/** Of a part that is being stored and the next one, the next one. */
function keptOf(films: readonly EgressRun[], row: OutputRow): EgressRun | undefined {
  const own = films.find(({ id }) => id === row.egressId)
  if (own !== undefined && own.state !== 'ending') return own
  const going = films.find(({ state }) => state !== 'ending')
  return going ?? own ?? (isOpen(row) ? undefined : films[0])
}

async function begin(step: FilmStep, row: OutputRow): Promise<void> {
  const { egress, clock, stream, book, places } = step
  if (!places.take()) return await waitsForRoom(step, row)
  // Written down first: a file that nobody knows of would lie there for ever.
  const order = await book.order(stream)
  if (order === undefined) {
    places.giveBack()
    const nextAt = clock() + outputLimits.filmsFullAgainMs
    return await isHeld(step, row, { refused: 'films_full', nextAt })
  }
  try {
    const begun = await egress.startFilm(roomOf(step), order)
    if (begun === undefined) {
      places.giveBack()
      return await book.forget(order)
    }
    await book.begun(order, begun.id)
    await wasBegun(step, row, begun.id)
    places.written(begun.id)
  } catch (error) {
    places.giveBack()
    if (!(error instanceof EgressFull)) {
      return await hasFailed(step, row, { problem: problemOf(error), begun: 1 })
    }
    await book.forget(order)
    await waitsForRoom(step, row)
  }
}

async function isOver(step: FilmStep, row: OutputRow): Promise<void> {
  const over = row.egressId === null ? undefined : await step.egress.look(row.egressId)
  if (over === undefined ? isFresh(row, step.now) : isStill(step, over)) return
  if (over !== undefined) await step.book.finished(over)
  const isMade = over?.files.some(({ bytes }) => bytes > 0) ?? false
  if (step.isWanted) {
    if (step.spentUntil !== undefined) return await isSpent(step, row, step.spentUntil)
    const isWhole = over?.state === 'ended' && (wasFull(step, row, over) || isOrderly(over))
    if (isWhole) return await goesOn(step, row)
    return await hasFailed(step, row, { problem: whyOver(over) })
  }
  const hasNone = over?.state === 'failed' && !isMade
  const problem = over?.state === 'failed' ? over.problem : ''
  await became(step, row, { state: hasNone ? 'failed' : 'ended', problem, egressId: null })
}

/** By what the service says of it, so that no crash makes it forgotten. */
const ranMs = ({ now }: FilmStep, row: OutputRow, run: EgressRun) =>
  (run.endedAt || now) - (run.startedAt || row.changedAt)

/** It is as long as a film may be. */
const isFull = (step: FilmStep, row: OutputRow, run: EgressRun) =>
  step.lengthMsMax > 0 && ranMs(step, row, run) >= step.lengthMsMax

/** It was ended for that; the service's clock may be another. */
const wasFull = (step: FilmStep, row: OutputRow, run: EgressRun) =>
  step.lengthMsMax > 0 && ranMs(step, row, run) >= step.lengthMsMax - outputLimits.clocksApartMs

/** Nothing failed: the next film of the same stream begins. */
const goesOn = (step: FilmStep, row: OutputRow) => became(step, row, anew(step.now))

const anew = (nextAt: number) =>
  ({ state: 'waiting', problem: '', attempts: 0, egressId: null, nextAt }) as const

const isSpent = (step: FilmStep, row: OutputRow, nextAt: number) =>
  isHeld(step, row, { refused: 'output_minutes_spent', nextAt })
