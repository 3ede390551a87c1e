/**
 * `npm run effects`: what a frame of each effect computes in this machine's Chromium, apart from
 * the drawing itself, which is the graphics card's. Fails when that is more than it may be.
 */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build, type Rolldown } from 'vite'
import type { Showing } from '../src/gifts/effects/effect-queue.ts'
import { launchBrowser } from './browser.ts'
import type { effects } from './effects-cost/page.ts'

declare global {
  interface Window {
    effects: typeof effects
  }
}

const costLimits = {
  /** Of the 16.7 ms of a frame at 60 Hz; the median, as the machine may have other work. */
  frameMs: 4,
  framesMax: 480,
} as const

const kinds = [
  ['tap', 'rose'],
  ['burst', 'confetti'],
  ['banner', 'comet'],
  ['stage', 'everest'],
] as const

function showing(id: number, [effect, giftId]: (typeof kinds)[number]): Showing {
  const from = { id: 'ana', name: 'Ana' }
  const rest = { units: 5, coins: 1, isOwn: false, others: 0, until: 1e9 }
  return { id, comboId: `c${id}`, giftId, effect, from, ...rest }
}

async function program(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['development', 'module', 'browser'] },
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'effects-cost/page.ts'), formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  const [{ output }] = built as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput]
  return output[0].code
}

const say = (text: string) => void process.stdout.write(`${text}\n`)

function figures(frames: readonly number[]) {
  const sorted = frames.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  return { median: at(0.5), most: at(0.95), worst: at(1) }
}

async function measure(page: Page): Promise<boolean> {
  const most = costLimits.framesMax
  const storm = [...kinds, ...kinds.slice(0, 2), ...kinds.slice(0, 2)]
  const runs: [name: string, shown: Showing[]][] = [
    ...kinds.map((kind): [string, Showing[]] => [kind[0], [showing(1, kind)]]),
    ['all at once', storm.map((kind, index) => showing(index, kind))],
  ]
  let isFine = true
  const tell = (name: string, frames: readonly number[]) => {
    const { median, most: late, worst } = figures(frames)
    isFine &&= median <= costLimits.frameMs
    const [a, b, c] = [median, late, worst].map((ms) => `${ms.toFixed(2)} ms`.padStart(9))
    say(`${name.padEnd(14)} ${String(frames.length).padStart(4)} frames ${a} ${b} ${c}`)
  }
  say(`${'effect'.padEnd(27)}    median      95 %     worst`)
  for (const [name, shown] of runs) {
    const { frames } = await page.evaluate(([gifts, max]) => window.effects.gifts(gifts, max), [
      shown,
      most,
    ] as const)
    tell(name, frames)
  }
  tell('battle bar', (await page.evaluate((max) => window.effects.tug(max), most)).frames)
  return isFine
}

const browser = await launchBrowser(['--enable-unsafe-swiftshader', '--use-angle=swiftshader'])
try {
  const page = await browser.newPage()
  await page.addScriptTag({ content: await program(), type: 'module' })
  await page.waitForFunction(() => 'effects' in globalThis)
  if (!(await measure(page))) {
    say(`More than ${costLimits.frameMs} ms of a frame.`)
    process.exitCode = 1
  }
} finally {
  await browser.close()
}
