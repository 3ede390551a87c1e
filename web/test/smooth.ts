/**
 * `npm run smooth [seconds]`: a room with 100 lines a second in a real page, beside an empty page
 * under the same load: frames that took too long, and what the page keeps in memory.
 */
import type { LiveConnection } from '@odeon/sdk'
import type { CDPSession, Page } from 'playwright-core'
import { openScreenHouse, type ScreenHouse } from './screens/screen-house.ts'

const seconds = Number(process.argv[2] ?? 60)
const linesPerSecond = 100
/** Each may say three lines a second; some are spare. */
const speakers = 40
const lateMs = 50

const say = (text: string) => void process.stdout.write(`${text}\n`)
const words = 'the low end is so warm tonight who else found this from the rooftop set'.split(' ')

interface Figures {
  frames: number
  late: number
  /** Tasks of the page itself that took longer. */
  tasks: number
  longestMs: number
  p99Ms: number
  heapMb: number[]
  nodes: number[]
}

/** Says lines at an even pace until stopped; tells how many were taken and refused. */
function flood(rooms: readonly LiveConnection[]): { stop: () => { said: number; lost: number } } {
  let said = 0
  let lost = 0
  let turn = 0
  let due = performance.now()
  const timer = setInterval(() => {
    for (; due <= performance.now(); due += 1_000 / linesPerSecond) {
      const room = rooms[turn % rooms.length]
      const length = 3 + ((turn * 7) % 12)
      const text = `${turn} ${words.slice(0, length).join(' ')}${turn % 5 ? '' : ' @nightowl'}`
      turn += 1
      room?.chat.send(text).then(
        () => void (said += 1),
        () => void (lost += 1),
      )
    }
  }, 10)
  return {
    stop: () => {
      clearInterval(timer)
      return { said, lost }
    },
  }
}

/** Times every frame of a page while the load runs. */
async function measure(page: Page): Promise<Figures> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.evaluate(() => {
    const gaps: number[] = []
    let last = performance.now()
    const tick = (now: number) => {
      if (!('isPaused' in globalThis)) gaps.push(now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
    const own: number[] = []
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) own.push(duration)
    })
    observer.observe({ type: 'longtask' })
    Object.assign(globalThis, { frameGaps: gaps, longTasks: own })
  })
  const heapMb: number[] = []
  const nodes: number[] = []
  const rounds = 4
  for (let round = 0; round < rounds; round++) {
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1_000) / rounds))
    await pauseTiming(page, true)
    const kept = await memoryOf(session)
    await pauseTiming(page, false)
    heapMb.push(kept.heapMb)
    nodes.push(kept.nodes)
  }
  const gaps = await page.evaluate(() => (globalThis as { frameGaps?: number[] }).frameGaps ?? [])
  const tasks = await page.evaluate(() => (globalThis as { longTasks?: number[] }).longTasks ?? [])
  const sorted = gaps.slice(2).toSorted((a, b) => a - b)
  return {
    frames: sorted.length,
    late: sorted.filter((gap) => gap > lateMs).length,
    tasks: tasks.length,
    longestMs: sorted.at(-1) ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    heapMb,
    nodes,
  }
}

/** While memory is counted no frame counts: that work is the counter's. */
async function pauseTiming(page: Page, isPaused: boolean): Promise<void> {
  await page.evaluate(async (paused) => {
    const nextFrame = () => new Promise(requestAnimationFrame)
    if (paused) Object.assign(globalThis, { isPaused: true })
    await nextFrame()
    await nextFrame()
    if (!paused) delete (globalThis as { isPaused?: boolean }).isPaused
  }, isPaused)
}

/** What lives after collecting; the collection itself is not timed. */
async function memoryOf(session: CDPSession): Promise<{ heapMb: number; nodes: number }> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { heapMb: of('JSHeapUsedSize') / 1024 / 1024, nodes: of('Nodes') }
}

async function openRoom(house: ScreenHouse): Promise<string> {
  const host = await house.account('nightowl')
  const { id } = await host.streams.create({ title: 'A hundred lines a second' })
  const stage = await house.enter(host, id)
  await stage.start()
  return id
}

const house = await openScreenHouse(say)
try {
  const streamId = await openRoom(house)
  const guests = await Promise.all(
    Array.from({ length: speakers }, (_, i) => house.guest(`Guest ${i}`)),
  )
  const rooms: LiveConnection[] = []
  for (const guest of guests) rooms.push(await house.enter(guest, streamId))
  const context = await house.browserOf(undefined)
  const room = await context.newPage()
  await room.goto(`${house.url}/live/${streamId}`)
  await room.getByRole('textbox', { name: 'Message', exact: true }).waitFor()
  await room.goto('about:blank')

  const load = flood(rooms)
  const empty = await measure(room)
  await room.goto(`${house.url}/live/${streamId}`)
  await room.locator('.chat-lines li').nth(50).waitFor()
  const busy = await measure(room)
  const { said, lost } = load.stop()

  const row = (name: string, of: Figures) =>
    say(
      [
        name.padEnd(12),
        `${of.frames}`.padStart(7),
        `${of.late}`.padStart(9),
        `${of.tasks}`.padStart(12),
        of.longestMs.toFixed(1).padStart(10),
        of.p99Ms.toFixed(1).padStart(7),
        `  ${of.heapMb.map((mb) => mb.toFixed(1)).join(' → ')}`,
        `  ${of.nodes.join(' → ')}`,
      ].join(''),
    )
  say(`${seconds} s each, ${said} lines said, ${lost} refused`)
  say(`page         frames  > ${lateMs} ms  long tasks longest   p99  heap MB, DOM nodes in time`)
  row('empty', empty)
  row('live room', busy)
  // A machine that stalls makes a frame late in both; a long task is the page's own.
  const isSmooth = busy.late <= empty.late || busy.tasks <= empty.tasks
  say(isSmooth ? 'No frame is late by the page beyond an empty one.' : 'Frames are late.')
  process.exitCode = isSmooth ? 0 : 1
} finally {
  await house.close()
}
