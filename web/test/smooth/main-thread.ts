/**
 * What a page's main thread did, out of a trace: its tasks with the time they took by the clock
 * and the time they computed. A machine that stalls makes the first long, never the second.
 */
import type { Browser, Page } from 'playwright-core'

export interface Task {
  startMs: number
  wallMs: number
  /** Time a core worked on it. */
  cpuMs: number
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
  args?: { name?: string }
}

const taskName = 'ThreadControllerImpl::RunTask'
/** Puts the page's clock and the trace's side by side. */
const markName = 'smooth.begin'

/** Runs `during` under a trace of the page; times count from the page's own time origin. */
export async function traceTasks(page: Page, during: () => Promise<void>): Promise<Task[]> {
  const browser = page.context().browser() as Browser
  await browser.startTracing(page, { categories: ['-*', 'toplevel', 'blink.user_timing'] })
  const markedMs = await page.evaluate((name) => performance.mark(name).startTime, markName)
  await during()
  const text = (await browser.stopTracing()).toString('utf8')
  const { traceEvents } = JSON.parse(text) as { traceEvents: TraceEvent[] }
  const mark = traceEvents.find(({ name }) => name === markName)
  if (!mark) throw new Error('The trace does not hold the mark of the page.')
  const isMain = ({ pid, tid }: TraceEvent) => pid === mark.pid && tid === mark.tid
  const tasks: Task[] = []
  let endUs = 0
  const found = traceEvents.filter((event) => event.name === taskName && isMain(event))
  for (const { ts, dur = 0, tdur = 0 } of found.toSorted((a, b) => a.ts - b.ts)) {
    // A task that runs inside another one is part of it.
    if (ts < endUs) continue
    endUs = ts + dur
    const startMs = markedMs + (ts - mark.ts) / 1_000
    tasks.push({ startMs, wallMs: dur / 1_000, cpuMs: tdur / 1_000 })
  }
  if (tasks.every(({ cpuMs }) => cpuMs === 0)) throw new Error('The trace holds no thread time.')
  return tasks
}

/** How long the thread computed between two moments. */
export function computedMs(tasks: readonly Task[], fromMs: number, toMs: number): number {
  let sum = 0
  for (const { startMs, wallMs, cpuMs } of tasks) {
    const inside = Math.min(toMs, startMs + wallMs) - Math.max(fromMs, startMs)
    if (inside > 0) sum += wallMs === 0 ? 0 : (cpuMs * inside) / wallMs
  }
  return sum
}
