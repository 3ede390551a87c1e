/** A stream sent on to the channel's destinations by one program that composes it once for all. */
import { destinationSeal } from './destinations.ts'
import { redacted } from './destination-address.ts'
import { EgressAway, EgressFull, type EgressRun } from './egress.ts'
import type { Destination, OutputRow } from './output-rows.ts'
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
  withoutSecrets,
} from './output-step.ts'
import { outputLimits } from './protocol.ts'
import type { Seal } from './seal.ts'

export interface StreamsStep extends Step {
  seal: Seal
  /** Whether the address leads to somebody else still. */
  leadsOutside(address: string): Promise<boolean>
}

interface Sending {
  row: OutputRow
  isNew: boolean
  isWanted: boolean
  /** With its key. */
  url: string
  key: string
  keyVersion: number
  /** As the service tells of it. */
  seen: string
}

export async function settleStreams(
  step: StreamsStep,
  runs: readonly EgressRun[],
  { rows, destinations }: { rows: readonly OutputRow[]; destinations: readonly Destination[] },
): Promise<void> {
  const { stream } = step
  const sending = await sendings(step, rows, destinations)
  const those = runs.filter(({ kind }) => kind === 'streams')
  const kept = keptOf(those, rows)
  // Of two that were begun at once, one is too many.
  for (const one of those) if (one !== kept) await step.stop(one)
  const known = new Set(destinations.map(({ id }) => id))
  const past = rows.filter(({ kind, target }) => kind === 'destination' && !known.has(target))
  for (const row of past) if (row.state !== 'ended') await became(step, row, { state: 'ended' })
  const isWanted = stream.isLive && sending.some((one) => one.isWanted)
  if (kept?.state === 'ending') return
  if (step.spentUntil !== undefined) return await hold(step, kept, sending, step.spentUntil)
  if (kept && (!isWanted || sendsWhatIsGone(kept, sending))) {
    return await endAll(step, kept, sending)
  }
  if (kept) await compare(step, kept, sending)
  else await begin(step, sending)
}

/** Which the open rows name: of two the service tells in an order of its own. */
function keptOf(runs: readonly EgressRun[], rows: readonly OutputRow[]): EgressRun | undefined {
  const named = new Set(rows.filter(isOpen).map(({ egressId }) => egressId))
  const going = runs.filter(({ state }) => state !== 'ending')
  return going.find(({ id }) => named.has(id)) ?? going[0] ?? runs[0]
}

/** What is wanted begins anew; while it does not stop that waits, until it is given up. */
async function endAll(
  step: StreamsStep,
  run: EgressRun,
  sending: readonly Sending[],
): Promise<void> {
  if (await step.stop(run)) await allAnew(step, sending)
}

/** The channel has had its minutes: what is wanted waits for new ones. */
async function hold(
  step: StreamsStep,
  run: EgressRun | undefined,
  sending: readonly Sending[],
  nextAt: number,
): Promise<void> {
  if (run) await step.stop(run)
  for (const one of sending) {
    if (!one.isWanted) await isOver(step, one)
    else await isHeld(step, one.row, { refused: 'output_minutes_spent', nextAt })
  }
}

/** Each with what it is sent by. Whose key opens no more fails, and says what to do. */
async function sendings(
  step: StreamsStep,
  rows: readonly OutputRow[],
  destinations: readonly Destination[],
): Promise<Sending[]> {
  const { stream, seal } = step
  const found = destinations.map(async ({ id, isOn, address, sealedKey, keyVersion }) => {
    const kept = rows.find(({ target }) => target === id)
    const row = kept ?? newRow(id, 'destination')
    const isWanted = isOn && stream.isLive && !stream.isSound
    const key = seal.open(sealedKey, destinationSeal(id, stream.channelId))
    if (key !== undefined) {
      const url = `${address}/${key}`
      const seen = redacted(url)
      return [{ row, isNew: kept === undefined, isWanted, url, key, keyVersion, seen }]
    }
    if (isWanted) {
      const problem = 'Its key cannot be read any more. Type it in again.'
      await became(step, row, { state: 'failed', problem, egressId: null })
    }
    return []
  })
  return (await Promise.all(found)).flat()
}

/** A destination that was removed, or has another key now, is sent to by a key that is gone. */
function sendsWhatIsGone(run: EgressRun, sending: readonly Sending[]): boolean {
  return run.streams.some(({ address, state }) => {
    if (state !== 'live') return false
    const those = sending.filter(({ seen }) => seen === address)
    return !those.some((one) => isByItsKey(run, one)) || those.some((one) => isByAnother(run, one))
  })
}

/** Two keys may look alike: it is known by what was written down, or there was but one. */
const isByItsKey = (run: EgressRun, { row, keyVersion }: Sending) =>
  keyVersion === 1 || (row.egressId === run.id && row.keyVersion === keyVersion)

const isByAnother = (run: EgressRun, one: Sending) =>
  isOpen(one.row) && one.row.egressId === run.id && !isByItsKey(run, one)

/** Nothing failed: what is wanted begins again at once, the rest is over. */
async function allAnew(step: StreamsStep, sending: readonly Sending[]): Promise<void> {
  for (const { row, isWanted } of sending) {
    if (!isOpen(row) && row.state !== 'waiting') continue
    const attempts = Math.max(0, row.attempts - 1)
    if (isWanted && isOpen(row)) {
      await became(step, row, { state: 'waiting', attempts, egressId: null, nextAt: step.now })
    } else if (!isWanted && row.changedAt !== 0) {
      await became(step, row, { state: 'ended', egressId: null, nextAt: null })
    }
  }
}

async function compare(
  step: StreamsStep,
  run: EgressRun,
  sending: readonly Sending[],
): Promise<void> {
  const due: Sending[] = []
  const remove: Sending[] = []
  const again: Sending[] = []
  let isStuck = false
  for (const one of sending) {
    const { row, isWanted, seen } = one
    const told = run.streams.filter(({ address }) => address === seen)
    const live = told.find(({ state }) => state === 'live')
    if (!isWanted && live) remove.push(one)
    else if (!isWanted) await isOver(step, one)
    else if (live && isUnsure(live, step.now)) again.push(one)
    else if (live) {
      const state = run.state === 'starting' ? 'starting' : 'live'
      await became(step, row, { state, egressId: run.id, problem: '', refused: null })
    } else if (isOpen(row)) {
      if (isFresh(row, step.now)) continue
      if (isNeverTold(run, row, told)) isStuck ||= step.now - row.changedAt > addMsMax
      else {
        const problem = told.at(-1)?.problem ?? run.problem
        await hasFailed(step, row, { problem: withoutSecrets(problem, secretsOf(sending)) })
      }
    } else if (isDue(one.isNew ? undefined : row, step.now)) due.push(one)
  }
  const add = [...(await outside(step, due)), ...again]
  const urls = (some: readonly Sending[]) => some.map(({ url }) => url)
  // What its owner turned off ends whatever becomes of the rest; told when it does not.
  const isEnded = isStuck || !(await areRemoved(step, run, urls([...remove, ...again])))
  if (isEnded) return await endAll(step, run, sending)
  if (add.length === 0) return
  try {
    await step.egress.changeStreams(run.id, { add: urls(add), remove: [] })
    await wereBegun(step, add, run)
  } catch (error) {
    const problem = problemOf(error, secretsOf(sending))
    for (const { row } of add) await hasFailed(step, row, { problem, begun: 1 })
  }
}

const { addMsMax, reconnectMsMax } = outputLimits

type Told = EgressRun['streams'][number]

/** The service connected again and does not say whether that went well; if not, it hangs. */
const isUnsure = ({ retriedAt }: Told, now: number) =>
  retriedAt > 0 && now - retriedAt > reconnectMsMax

/** It was told to send there and has not: what hangs tells of nothing that is new. */
const isNeverTold = (run: EgressRun, row: OutputRow, told: readonly Told[]) =>
  row.state === 'starting' && row.egressId === run.id && told.at(-1)?.state !== 'failed'

/** False: all must end. It has lost one that it sends still, or would have none left. */
async function areRemoved({ egress }: Step, run: EgressRun, remove: string[]): Promise<boolean> {
  if (remove.length === 0) return true
  if (run.streams.filter(({ state }) => state === 'live').length <= remove.length) return false
  try {
    await egress.changeStreams(run.id, { add: [], remove })
    return true
  } catch (error) {
    if (!(error instanceof EgressAway)) throw error
    return false
  }
}

/** Nothing runs: what did, failed; what is due, begins. */
async function begin(step: StreamsStep, sending: readonly Sending[]): Promise<void> {
  const due: Sending[] = []
  for (const one of sending) {
    const { row, isWanted, seen } = one
    if (!isWanted) await isOver(step, one)
    else if (!isOpen(row)) {
      if (isDue(one.isNew ? undefined : row, step.now)) due.push(one)
    } else {
      const over = row.egressId === null ? undefined : await step.egress.look(row.egressId)
      if (over === undefined ? isFresh(row, step.now) : isStill(step, over)) continue
      const told = over?.streams.findLast(({ address }) => address === seen)
      if (over?.state === 'ended' && told?.state !== 'failed' && isOrderly(over)) {
        await became(step, row, { state: 'waiting', attempts: 0, egressId: null, nextAt: step.now })
        continue
      }
      const problem = told?.problem || whyOver(over)
      await hasFailed(step, row, { problem: withoutSecrets(problem, secretsOf(sending)) })
    }
  }
  const some = await outside(step, due)
  if (some.length === 0) return
  if (!step.places.take()) return await wait(step, some)
  const urls = some.map(({ url }) => url)
  try {
    const run = await step.egress.startStreams(roomOf(step), urls)
    if (!run) return step.places.giveBack()
    await wereBegun(step, some, run)
    step.places.written(run.id)
  } catch (error) {
    step.places.giveBack()
    if (error instanceof EgressFull) return await wait(step, some)
    const problem = problemOf(error, secretsOf(some))
    for (const { row } of some) await hasFailed(step, row, { problem, begun: 1 })
  }
}

async function wait(step: StreamsStep, some: readonly Sending[]): Promise<void> {
  for (const { row } of some) await waitsForRoom(step, row)
}

async function wereBegun(step: StreamsStep, some: readonly Sending[], run: EgressRun) {
  for (const { row, keyVersion } of some) await wasBegun(step, { ...row, keyVersion }, run.id)
}

/** What a service's words may repeat. */
const secretsOf = (sending: readonly Sending[]): string[] =>
  sending.flatMap(({ url, key }) => [url, key])

async function isOver(step: StreamsStep, { row }: Sending): Promise<void> {
  if (isOpen(row) || (row.state === 'waiting' && row.changedAt !== 0)) {
    await became(step, row, { state: 'ended', egressId: null, nextAt: null })
  }
}

/** Those whose address leads to somebody else still. */
async function outside(step: StreamsStep, due: readonly Sending[]): Promise<Sending[]> {
  const good: Sending[] = []
  const leads = await Promise.all(due.map(({ url }) => step.leadsOutside(url)))
  for (const [at, one] of due.entries()) {
    if (leads[at]) good.push(one)
    else {
      const problem = 'Its address leads nowhere that may be sent to.'
      await hasFailed(step, one.row, { problem, begun: 1 })
    }
  }
  return good
}
