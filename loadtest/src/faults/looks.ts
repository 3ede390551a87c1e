/** What viewers saw, look by look, and when it was as before again. */
import { Times } from '../load/timings.ts'

/** Of the time since the look before. */
export interface Look {
  atMs: number
  open: number
  latency: Times
}

/** A window shorter than this has too few lines for a percentile. */
const windowMsLeast = 3_000

export function p99Between(looks: Look[], fromMs: number, toMs: number): number {
  const times = new Times()
  for (const { atMs, latency } of looks) if (atMs > fromMs && atMs <= toMs) times.include(latency)
  return times.percentiles.p99Ms
}

/** From when on all that is left stays below `mostMs`, counted from `fromMs`; undefined: never. */
export function normalAfterMs(looks: Look[], fromMs: number, mostMs: number): number | undefined {
  const endMs = looks.at(-1)?.atMs ?? 0
  const starts = [fromMs, ...looks.map(({ atMs }) => atMs).filter((atMs) => atMs > fromMs)]
  const from = starts.find(
    (atMs) => atMs <= endMs - windowMsLeast && p99Between(looks, atMs, endMs) <= mostMs,
  )
  return from === undefined ? undefined : from - fromMs
}

/** Until as many are in as before; 0 when none was seen missing, undefined when some stay away. */
export function backAfterMs(looks: Look[], fromMs: number, wanted: number): number | undefined {
  const after = looks.filter(({ atMs }) => atMs > fromMs)
  const lastMissing = after.findLastIndex(({ open }) => open < wanted)
  if (lastMissing < 0) return 0
  const back = after[lastMissing + 1]
  return back === undefined ? undefined : back.atMs - fromMs
}

/** When so large shares of those who were missing were back, ms; empty when nobody was. */
export function sharesBackAfterMs(
  looks: Look[],
  fromMs: number,
  wanted: number,
): [number, number][] {
  const after = looks.filter(({ atMs }) => atMs > fromMs)
  const fewest = Math.min(...after.map(({ open }) => open))
  if (after.length === 0 || fewest >= wanted) return []
  const lowest = after.findIndex(({ open }) => open === fewest)
  return [0.25, 0.5, 0.75, 0.9, 0.99].flatMap((share): [number, number][] => {
    const open = fewest + (wanted - fewest) * share
    const back = after.slice(lowest).find((look) => look.open >= open)
    return back === undefined ? [] : [[share, back.atMs - fromMs]]
  })
}
