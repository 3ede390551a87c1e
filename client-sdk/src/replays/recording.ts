/** Fetches what is recorded, part by part, keeps the newest few, fetches nothing twice at once. */
import { changed, type LiveEvents, type PlainState, readSegment } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'
import { Refusal } from '../refusal.ts'
import type { LogItem } from '../room/log-view.ts'
import { type HistoryPage, streamPath } from '../streams/streams.ts'
import { noRecording } from './no-recording.ts'
import type { Part, ReplayFacts } from './reel.ts'

export { goneBecause, type GoneBecause } from './no-recording.ts'

const partsKept = 6
const entriesAtOnce = 1_000
/** Of one part; more were said in no two minutes. */
const entriesMax = 50_000

export type ReplayItem = LogItem<LiveEvents>

/** One step of time: what the log reaches from then on, what changes in state. */
export interface Step {
  at: number
  head: number
  change: unknown
}

export interface LoadedPart {
  part: Part
  /** Before its first step; undefined in a hole, where it stays as it was. */
  state: PlainState | undefined
  steps: Step[]
  /** Oldest first. */
  entries: ReplayItem[]
}

export class Recording {
  readonly #session: Session
  readonly #path: string
  readonly #parts = new Map<number, Promise<LoadedPart>>()

  constructor(session: Session, streamId: string) {
    this.#session = session
    this.#path = streamPath(streamId)
  }

  facts(): Promise<ReplayFacts> {
    return this.#session.send({ method: 'GET', path: `${this.#path}/replay` })
  }

  /** The newest `limit` entries up to `head`, oldest first. */
  async before(head: number, limit: number): Promise<ReplayItem[]> {
    if (head <= 0 || limit <= 0) return []
    const query = { before: head + 1, limit }
    const path = `${this.#path}/log`
    const page = await this.#session.send<HistoryPage<LiveEvents>>({ method: 'GET', path, query })
    return page.entries
  }

  part(part: Part): Promise<LoadedPart> {
    const known = this.#parts.get(part.index)
    // Asked for again, it is among the newest again.
    this.#parts.delete(part.index)
    const loading = known ?? this.#load(part)
    this.#parts.set(part.index, loading)
    loading.catch(() => {
      if (this.#parts.get(part.index) === loading) this.#parts.delete(part.index)
    })
    const [oldest] = this.#parts.keys()
    if (this.#parts.size > partsKept && oldest !== undefined) this.#parts.delete(oldest)
    return loading
  }

  async #load(part: Part): Promise<LoadedPart> {
    const [segment, entries] = await Promise.all([this.#segment(part), this.#entries(part)])
    if (segment === undefined) {
      const steps = entries.map(({ at, seq }) => ({ at, head: seq, change: 0 }))
      return { part, state: undefined, steps, entries }
    }
    const steps = segment.frames.map(([at, head, , change]) => ({ at, head, change }))
    return { part, state: segment.head.state, steps, entries }
  }

  async #segment({ segment }: Part) {
    if (segment === undefined) return undefined
    const path = `${this.#path}/replay/segments/${segment.name}`
    const asked = { method: 'GET', path, isBytes: true } as const
    const bytes = await this.#session
      .send<Uint8Array<ArrayBuffer>>(asked)
      .catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'not_found') return undefined
        throw error
      })
    if (bytes !== undefined) return await readable(bytes)
    const { status } = await this.facts()
    if (status === 'removed' || status === 'expired') throw noRecording(status)
    // Lost since the facts were told: what was said is still to be had.
    return undefined
  }

  async #entries({ headFrom, head }: Part): Promise<ReplayItem[]> {
    const entries: ReplayItem[] = []
    let after = headFrom
    while (after < head && entries.length < entriesMax) {
      const page = await this.#session.send<HistoryPage<LiveEvents>>({
        method: 'GET',
        path: `${this.#path}/replay/entries`,
        query: { after, to: head, limit: entriesAtOnce },
      })
      entries.push(...page.entries)
      after = page.entries.at(-1)?.seq ?? head
      if (!page.more) break
    }
    return entries
  }
}

/** Undefined where the bytes say nothing: they are as good as lost. */
async function readable(bytes: Uint8Array<ArrayBuffer>) {
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
    return readSegment(await new Response(unpacked).text())
  } catch {
    return undefined
  }
}

/** The state when all steps up to `at` are done. */
export function stateAt({ state, steps }: LoadedPart, at: number): PlainState | undefined {
  let held: unknown = state
  for (const step of steps) {
    if (step.at > at) break
    if (step.change !== 0) held = changed(held, step.change)
  }
  return held as PlainState | undefined
}
