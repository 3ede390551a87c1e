/** One slice of a measurement: frames by the clock, the main thread's work, what is kept. */
import type { CDPSession, Page } from 'playwright-core'
import { computedMs, traceTasks } from './main-thread.ts'

export const lateMs = 50
const frameMs = 1_000 / 60
const readingsPerSlice = 8
const readingEveryMs = 130

export interface Slice {
  frames: number
  /** Frames that came later than 50 ms after the one before. */
  late: number
  /** Of these, how many would have been late on a machine with nothing else to do. */
  lateByPage: number
  longestMs: number
  /** How much of the time the main thread computed, 0 to 1. */
  busy: number
  /** The same by the clock: with what the machine did in between. */
  busyByClock: number
  longestTaskCpuMs: number
  /** Tasks over 50 ms by the clock, and by what they computed. */
  longTasks: number
  longTasksCpu: number
  /** What all processes of the browser computed, in cores. */
  browserCores: number
  heapMb: number
  nodes: number
}

interface FrameClock {
  begin(): void
  end(): number[]
}

/** Times frames in the page; runs there, once, before the first slice. */
export async function installFrameClock(page: Page): Promise<void> {
  await page.evaluate(() => {
    let times: number[] = []
    let isOn = false
    const tick = (now: number) => {
      if (!isOn) return
      times.push(now)
      requestAnimationFrame(tick)
    }
    const frameClock: FrameClock = {
      begin() {
        times = []
        isOn = true
        requestAnimationFrame(tick)
      },
      end() {
        isOn = false
        return times
      },
    }
    Object.assign(globalThis, { frameClock })
  })
}

export async function measureSlice(
  page: Page,
  session: CDPSession,
  seconds: number,
): Promise<Slice> {
  let times: number[] = []
  let browserCores = 0
  const tasks = await traceTasks(page, async () => {
    const before = await browserCpuSeconds(page)
    await page.evaluate(() =>
      (globalThis as unknown as { frameClock: FrameClock }).frameClock.begin(),
    )
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
    times = await page.evaluate(() =>
      (globalThis as unknown as { frameClock: FrameClock }).frameClock.end(),
    )
    browserCores = ((await browserCpuSeconds(page)) - before) / seconds
  })
  const [first = 0, last = 0] = [times[0], times.at(-1)]
  const own = tasks.filter(({ startMs }) => startMs >= first && startMs <= last)
  const gaps = times.slice(1).map((at, index) => ({ from: times[index] as number, at }))
  const late = gaps.filter(({ from, at }) => at - from > lateMs)
  const lateByPage = late.filter(({ from, at }) => computedMs(own, from, at) > lateMs - frameMs)
  const spanMs = Math.max(1, last - first)
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  return {
    frames: gaps.length,
    late: late.length,
    lateByPage: lateByPage.length,
    longestMs: Math.max(0, ...gaps.map(({ from, at }) => at - from)),
    busy: sum(own.map(({ cpuMs }) => cpuMs)) / spanMs,
    busyByClock: sum(own.map(({ wallMs }) => wallMs)) / spanMs,
    longestTaskCpuMs: Math.max(0, ...own.map(({ cpuMs }) => cpuMs)),
    longTasks: own.filter(({ wallMs }) => wallMs >= lateMs).length,
    longTasksCpu: own.filter(({ cpuMs }) => cpuMs >= lateMs).length,
    browserCores,
    ...(await kept(session)),
  }
}

/**
 * What lives after collecting; the collection itself is in no slice. React holds the rows of its
 * last commits until the next ones, so the least of a few readings counts.
 */
async function kept(session: CDPSession): Promise<{ heapMb: number; nodes: number }> {
  const readings: { heapMb: number; nodes: number }[] = []
  for (let reading = 0; reading < readingsPerSlice; reading++) {
    await new Promise((resolve) => setTimeout(resolve, readingEveryMs))
    await session.send('HeapProfiler.collectGarbage')
    const { metrics } = await session.send('Performance.getMetrics')
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
    readings.push({ heapMb: of('JSHeapUsedSize') / 1024 / 1024, nodes: of('Nodes') })
  }
  return {
    heapMb: Math.min(...readings.map(({ heapMb }) => heapMb)),
    nodes: Math.min(...readings.map(({ nodes }) => nodes)),
  }
}

async function browserCpuSeconds(page: Page): Promise<number> {
  const browser = page.context().browser()
  const session = await browser?.newBrowserCDPSession()
  if (!session) return 0
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}
