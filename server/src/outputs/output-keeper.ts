/**
 * Compares what runs for each stream with what is wanted, and sets it right: whatever was lost, a
 * message, a crash between "begun" and "written down", is set right by the next comparison.
 */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Database } from '../platform/database.ts'
import { leadsOutside, type Lookup } from './destination-address.ts'
import { type Egress, EgressAway, type EgressRun } from './egress.ts'
import { filmBook } from './film-book.ts'
import { housePlaces, type Places } from './house-places.ts'
import { noteRuns, spentUntil } from './output-budget.ts'
import type { OutputMeter } from './output-meter.ts'
import {
  destinationsOf,
  firstStream,
  outputStreams,
  type OutputStream,
  rowsOf,
} from './output-rows.ts'
import { outputLimits } from './protocol.ts'
import { type RunWatch, runWatch } from './run-watch.ts'
import type { Seal } from './seal.ts'
import type { OutputSettings } from './settings.ts'
import { settleFilm } from './settle-film.ts'
import { settleStreams } from './settle-streams.ts'
import { settling, waitAtMost } from './settling.ts'

export interface OutputKeeperDeps {
  database: Pick<Database, 'sql' | 'transaction'>
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  egress: Egress
  seal: Seal
  lookup: Lookup
  meter: OutputMeter
  settings: OutputSettings
  /** Whether films go to S3 instead of a folder of the service. */
  hasS3: boolean
  /** Whether LiveKit answers: while it does not, nothing is tried and nothing counts as failed. */
  isUp(): boolean
}

export interface OutputKeeper {
  /** Compares all streams once. */
  round(): Promise<void>
  /** Compares soon, without waiting for the next time. */
  wake(): void
  /** Compares now and then, until the result is called. */
  keep(): () => Promise<void>
}

export function outputKeeper(deps: OutputKeeperDeps): OutputKeeper {
  const { database, log, isUp } = deps
  const { sql } = database
  const watch = runWatch({ ...deps, sql })
  const places = housePlaces({ ...deps, sql })
  const each = settling(places, (stream, own) => settle(deps, watch, stream, own))
  let running: Promise<void> | undefined
  let isAsked = false
  let isKept = false

  const round = async (wait: Wait, goesOn: () => boolean) => {
    if (!isUp()) return
    const films = deps.settings.records
    await places.recount(deps.world.now())
    let some = await outputStreams(sql, { films, after: firstStream })
    while (some.length > 0) {
      await each.room(some)
      if (!goesOn()) return
      await wait(Promise.all(some.map((stream) => each.begin(stream))))
      const after = some.at(-1)?.id ?? firstStream
      some = await outputStreams(sql, { films, after })
    }
    await measure(deps)
  }
  const rounds = async () => {
    do {
      isAsked = false
      const told = (err: unknown) => log.warn({ err }, 'outputs were not compared')
      await round(soon, () => isKept).catch(told)
    } while (isAsked)
  }
  const begin = () => {
    isAsked = true
    running ??= rounds().finally(() => {
      running = undefined
    })
  }
  return {
    round: () =>
      round(
        (work) => work,
        () => true,
      ),
    wake: () => {
      if (isKept) begin()
    },
    keep() {
      isKept = true
      begin()
      const timer = setInterval(begin, outputLimits.roundEveryMs)
      return async () => {
        isKept = false
        isAsked = false
        clearInterval(timer)
        await waitAtMost(Promise.all([running, each.rest()]), outputLimits.restMsMax)
      }
    },
  }
}

type Wait = (work: Promise<unknown>) => Promise<unknown>

const soon: Wait = (work: Promise<unknown>) => waitAtMost(work, outputLimits.roundPatienceMs)

async function settle(
  deps: OutputKeeperDeps,
  watch: RunWatch,
  stream: OutputStream,
  places: Places,
): Promise<void> {
  const { database, egress, settings, world, meter, seal, lookup, hasS3, log } = deps
  const { sql } = database
  try {
    const now = world.now()
    const { minutesADay, filmsMax, filmHours } = settings
    const folder = hasS3 ? '' : `${settings.folder}/`
    const hasSegments = settings.hlsUrl !== undefined
    const book = filmBook({ database, world, folder, hasSegments, filmsMax })
    const { runs, dead } = await watch.runsOf(stream, now)
    await noteRuns({ sql, egress, now, finished: book.finished }, stream, runs)
    const { channelId } = stream
    const until = await spentUntil(sql, { channelId, minutesADay, now })
    // As late as can be: LiveKit may have taken its time.
    const rows = await rowsOf(sql, stream.id)
    const destinations = await destinationsOf(sql, channelId)
    const clock = () => world.now()
    const stop = (run: EgressRun) => watch.stop(stream, run)
    const seen = { stream, dead, now, spentUntil: until }
    const step = { egress, sql, log, meter, places, clock, stop, ...seen }
    const byDefault = settings.records && !stream.isSound
    const isWanted = stream.isLive && (stream.isFilmed ?? byDefault)
    const film = rows.find(({ kind }) => kind === 'film')
    const lengthMsMax = filmHours * 60 * 60_000
    const outside = (address: string) => leadsOutside(address, lookup)
    const sent = { rows: rows.filter(({ kind }) => kind === 'destination'), destinations }
    // Side by side: what is read is old when either was waited for.
    const both = await Promise.allSettled([
      settleFilm({ ...step, isWanted, book, lengthMsMax }, runs, film),
      settleStreams({ ...step, seal, leadsOutside: outside }, runs, sent),
    ])
    for (const one of both) if (one.status === 'rejected') notSettled(log, stream, one.reason)
  } catch (error) {
    notSettled(log, stream, error)
  }
}

/** The other streams are looked at all the same. */
function notSettled(log: Logger, { id: streamId }: OutputStream, error: unknown): void {
  // Its words may repeat an address with its key.
  if (error instanceof EgressAway) log.warn({ streamId }, 'what sends streams on does not answer')
  else log.error({ err: error, streamId }, 'outputs of a stream were not compared')
}

async function measure({ database, meter }: OutputKeeperDeps): Promise<void> {
  const counts = await database.sql<{ kind: 'film' | 'destination'; state: 'live'; count: number }>`
    select o.kind, o.state, count(*)::int as count from stream_outputs o
    join streams s on s.id = o.stream_id and s.phase = 'live' group by o.kind, o.state`
  meter.are(counts)
}
