/** The cost curve as a picture beside the page on scale. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withSection } from '../report/benchmarks-doc.ts'
import { whole } from '../report/figures.ts'
import { type Line, plot } from '../report/plot.ts'
import type { ScaleRun } from './run-scale.ts'

const folder = join(import.meta.dirname, '../../../docs/images')
const page = join(import.meta.dirname, '../../../docs/scale.md')
const million = 1_000_000

const style = `<style>
svg { background: #fff }
text { font: 11px system-ui, sans-serif; fill: #222 }
.title { font-size: 13px; font-weight: 600 }
line { stroke: #8884 }
polyline { fill: none; stroke-width: 1.5 }
</style>`

export function writeCurve(runs: ScaleRun[]): void {
  mkdirSync(folder, { recursive: true })
  const pictures: [file: string, title: string, of: (run: ScaleRun) => number][] = [
    ['scale-cpu.svg', 'CPU of writer, relays and Redis, % of a core', cpuPercent],
    ['scale-memory.svg', 'Memory of relays above empty ones, MiB', mebibytes],
  ]
  for (const [file, title, of] of pictures) {
    writeFileSync(
      join(folder, file),
      standing(plot({ title, lines: linesOf(runs, of), unit: 'viewers' })),
    )
  }
  const shown = pictures.map(([file, title]) => `![${title}](images/${file})`)
  const text = [...shown, sumOf(runs)].join('\n\n')
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'curve', text))
}

/** What a million viewers would take, from the largest run. */
function sumOf(runs: ScaleRun[]): string {
  const [first, ...others] = runs
  if (first === undefined) return ''
  const most = others.reduce((one, run) => (run.viewers > one.viewers ? run : one), first)
  const each = most.viewers / most.relays
  const relays = Math.ceil(million / each)
  const share = most.relayShares.reduce((sum, one) => sum + one, 0) / most.relays
  const gib = (most.rssBytesPerViewer * million) / 2 ** 30
  const times = relays / most.relays
  return [
    `With ${whole(each)} viewers a relay, as in the largest run: ${whole(relays)} relays`,
    `that spend ${whole(relays * share)} cores at 50 lines and 200 reactions a second,`,
    `${whole(gib)} GiB for sockets beside empty processes,`,
    `${whole(most.redisMessagesPerS * times)} messages and`,
    `${whole((most.redisBytesPerS * times) / 2 ** 20)} MiB a second out of Redis`,
    `if all of it grows with relays, and a writer at ${(most.writerShare * 100).toFixed(1)} %`,
    'of a core.',
  ].join(' ')
}

function linesOf(runs: ScaleRun[], of: (run: ScaleRun) => number): Line[] {
  const counts = [...new Set(runs.map(({ relays }) => relays))].toSorted((one, two) => one - two)
  return counts.map((count) => ({
    name: `${count} ${count === 1 ? 'relay' : 'relays'}`,
    points: runs
      .filter(({ relays }) => relays === count)
      .map((run): [number, number] => [run.viewers, of(run)]),
  }))
}

function cpuPercent({ writerShare, relayShares, redisShare }: ScaleRun): number {
  const relays = relayShares.reduce((sum, one) => sum + one, 0)
  return (writerShare + relays + redisShare) * 100
}

const mebibytes = ({ rssBytesPerViewer, viewers }: ScaleRun): number =>
  (rssBytesPerViewer * viewers) / 2 ** 20

/** A file of its own instead of a part of a page. */
function standing(svg: string): string {
  const [head = '', ...rest] = svg.split('>')
  return `${head} xmlns="http://www.w3.org/2000/svg">${style}${rest.join('>')}\n`
}
