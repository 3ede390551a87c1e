/** The cost curve as a picture beside the page on scale. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Line, plot } from '../report/plot.ts'
import type { ScaleRun } from './run-scale.ts'

const folder = join(import.meta.dirname, '../../../docs/images')

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
