/**
 * `npm run marks`: how fast and how steady the main pages are in this machine's Chromium, as the
 * browser itself reports it: LCP, CLS, INP. A server of its own, a cold cache for each page.
 * Of the slowest interaction it says where the time went and how much of it the page computed.
 */
import type { Page } from 'playwright-core'
import { sizes } from './browser.ts'
import { gatherCast } from './screens/cast.ts'
import { openScreenHouse } from './screens/screen-house.ts'
import { computedMs, type Task, traceTasks } from './smooth/main-thread.ts'

const settleMs = 3_000
const say = (text: string) => void process.stdout.write(`${text}\n`)

/** The slowest interaction, in ms: until a handler began, in handlers, until the next picture. */
interface Slowest {
  what: string
  startMs: number
  durationMs: number
  waitMs: number
  handlersMs: number
}

interface Marks {
  lcp: number
  cls: number
  slowest: Slowest | null
  scriptBytes: number
}

/** Runs in the page before anything of ours does. */
function observe(): void {
  const marks: Omit<Marks, 'scriptBytes'> = { lcp: 0, cls: 0, slowest: null }
  Object.assign(globalThis, { odeonMarks: marks })
  const each = (type: string, add: (entry: PerformanceEntry) => void, options: object = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({
      type,
      buffered: true,
      ...options,
    })
  each('largest-contentful-paint', (entry) => {
    marks.lcp = entry.startTime
  })
  each('layout-shift', (entry) => {
    const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (!shift.hadRecentInput) marks.cls += shift.value
  })
  const longest = (entry: PerformanceEntry) => {
    const { interactionId, processingStart, processingEnd, startTime, duration, name } =
      entry as PerformanceEventTiming & { interactionId?: number }
    if (!interactionId || duration <= (marks.slowest?.durationMs ?? 0)) return
    marks.slowest = {
      what: name,
      startMs: startTime,
      durationMs: duration,
      waitMs: processingStart - startTime,
      handlersMs: processingEnd - processingStart,
    }
  }
  each('event', longest, { durationThreshold: 16 })
  each('first-input', longest)
}

/** What everybody does on any page: a tab or two, opening and closing the account's menu. */
async function interact(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Account and appearance' }).click()
  await page.getByRole('menu').waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(500)
}

const read = (page: Page): Promise<Marks> =>
  page.evaluate(() => {
    const { odeonMarks } = globalThis as unknown as { odeonMarks: Omit<Marks, 'scriptBytes'> }
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js')) as PerformanceResourceTiming[]
    const scriptBytes = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
    return { ...odeonMarks, scriptBytes }
  })

function told({ what, startMs, durationMs, waitMs, handlersMs }: Slowest, tasks: Task[]): string {
  const untilShownMs = Math.max(0, durationMs - waitMs - handlersMs)
  const parts = [waitMs, handlersMs, untilShownMs].map((ms) => ms.toFixed(0))
  const ownMs = computedMs(tasks, startMs, startMs + durationMs)
  return `${what}: ${parts.join(' + ')}, computed ${ownMs.toFixed(0)}`
}

const house = await openScreenHouse(say)
try {
  const { ids } = await gatherCast(house)
  const pages = [
    ['home', '/'],
    ['live room', `/live/${ids.live}`],
    ['channel', '/channel/mira_sound'],
    ['search', '/search?q=tape'],
    ['ended room', `/live/${ids.ended}`],
    ['sign in', '/sign-in'],
  ] as const
  say('page          window     LCP ms     CLS   INP ms   script kB, brotli   slowest interaction')
  for (const [name, path] of pages) {
    for (const size of ['phone', 'desktop'] as const) {
      const context = await house.browserOf(undefined)
      const page = await context.newPage()
      await page.setViewportSize(sizes[size])
      await page.addInitScript(observe)
      const session = await context.newCDPSession(page)
      await session.send('Network.clearBrowserCache')
      await page.goto(house.url + path)
      await page.waitForTimeout(settleMs)
      const tasks = await traceTasks(page, () => interact(page))
      const { lcp, cls, slowest, scriptBytes } = await read(page)
      const cells = [
        name.padEnd(12),
        size.padEnd(8),
        lcp.toFixed(0).padStart(8),
        cls.toFixed(3).padStart(7),
        (slowest?.durationMs ?? 0).toFixed(0).padStart(8),
        (scriptBytes / 1_000).toFixed(1).padStart(10),
        slowest ? told(slowest, tasks) : '',
      ]
      say(cells.join('  '))
      await page.close()
    }
  }
} finally {
  await house.close()
}
// Rooms keep the place of a page that went; nobody comes back here.
process.exit()
