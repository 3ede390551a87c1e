/**
 * `npm run marks`: how fast and how steady the main pages are in this machine's Chromium, as the
 * browser itself reports it: LCP, CLS, INP. A server of its own, a cold cache for each page.
 */
import type { Page } from 'playwright-core'
import { sizes } from './browser.ts'
import { gatherCast } from './screens/cast.ts'
import { openScreenHouse } from './screens/screen-house.ts'

const settleMs = 3_000
const say = (text: string) => void process.stdout.write(`${text}\n`)

interface Marks {
  lcp: number
  cls: number
  inp: number
  scriptBytes: number
}

/** Runs in the page before anything of ours does. */
function observe(): void {
  const marks = { lcp: 0, cls: 0, inp: 0 }
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
    const { interactionId } = entry as PerformanceEntry & { interactionId?: number }
    if (interactionId) marks.inp = Math.max(marks.inp, entry.duration)
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
  say('page          window     LCP ms     CLS   INP ms   script kB, brotli')
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
      await interact(page)
      const { lcp, cls, inp, scriptBytes } = await read(page)
      const cells = [
        name.padEnd(12),
        size.padEnd(8),
        lcp.toFixed(0).padStart(8),
        cls.toFixed(3).padStart(7),
        inp.toFixed(0).padStart(8),
        (scriptBytes / 1_000).toFixed(1).padStart(10),
      ]
      say(cells.join('  '))
      await page.close()
    }
  }
} finally {
  await house.close()
}
