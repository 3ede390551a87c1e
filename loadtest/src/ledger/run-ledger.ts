/** Gives as fast as the ledger takes it, in both ways by turns, then at half of that. */
import { openLedgers } from '../odeon/ledgers.ts'

export interface Pace {
  giftsPerS: number
  p50Ms: number
  p99Ms: number
}

export interface LedgerRun {
  each: Pace
  together: Pace
  half: Pace
  isDurable: boolean
  faults: string[]
}

interface Options {
  repetitions: number
  windowMs: number
  say(line: string): void
}

const senders = 1_000
const streams = 8
/** Gifts under way at the same time. */
const clients = 1_000
const warmMs = 1_500
/** Between two looks at which gifts are due. */
const paceMs = 2

export async function runLedger({ repetitions, windowMs, say }: Options): Promise<LedgerRun> {
  const ledgers = await openLedgers({ senders, streams })
  try {
    const { each, together } = ledgers.give
    const paces: Record<'each' | 'together' | 'half', Pace[]> = { each: [], together: [], half: [] }
    for (let turn = 1; turn <= repetitions; turn += 1) {
      paces.each.push(await asFastAsItGoes(each, windowMs))
      const fast = await asFastAsItGoes(together, windowMs)
      paces.together.push(fast)
      paces.half.push(await atRate(together, fast.giftsPerS / 2, windowMs))
      const [one, all, half] = [paces.each, paces.together, paces.half].map((some) => some.at(-1))
      const shown = [one, all].map((pace) => Math.round(pace?.giftsPerS ?? 0)).join(' and ')
      say(`${turn}: ${shown} gifts/s, p99 at half ${half?.p99Ms.toFixed(1)} ms`)
    }
    return {
      each: medianOf(paces.each),
      together: medianOf(paces.together),
      half: medianOf(paces.half),
      isDurable: ledgers.durable,
      faults: await ledgers.verify(),
    }
  } finally {
    await ledgers.close()
  }
}

async function asFastAsItGoes(give: () => Promise<void>, windowMs: number): Promise<Pace> {
  const from = performance.now() + warmMs
  const until = from + windowMs
  const tookMs: number[] = []
  const client = async () => {
    for (let at = performance.now(); at < until; at = performance.now()) {
      await give()
      const now = performance.now()
      if (now >= from && now < until) tookMs.push(now - at)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return paceOf(tookMs, windowMs)
}

/** Each gift has its time; what it waits for its turn counts. */
async function atRate(give: () => Promise<void>, perS: number, windowMs: number): Promise<Pace> {
  const from = performance.now()
  const tookMs: number[] = []
  const under: Promise<void>[] = []
  let sent = 0
  const send = async (dueAt: number) => {
    await give()
    if (dueAt >= from + warmMs) tookMs.push(performance.now() - dueAt)
  }
  while (performance.now() < from + warmMs + windowMs) {
    const due = Math.floor(((performance.now() - from) / 1_000) * perS)
    for (; sent < due; sent += 1) under.push(send(from + (sent / perS) * 1_000))
    await new Promise((resolve) => {
      setTimeout(resolve, paceMs)
    })
  }
  await Promise.all(under)
  return paceOf(tookMs, windowMs)
}

function paceOf(tookMs: number[], windowMs: number): Pace {
  const sorted = tookMs.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0
  return { giftsPerS: sorted.length / (windowMs / 1_000), p50Ms: at(0.5), p99Ms: at(0.99) }
}

function medianOf(paces: Pace[]): Pace {
  const of = (figure: keyof Pace) =>
    paces.map((pace) => pace[figure]).toSorted((one, other) => one - other)[
      Math.floor(paces.length / 2)
    ] ?? 0
  return { giftsPerS: of('giftsPerS'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms') }
}
