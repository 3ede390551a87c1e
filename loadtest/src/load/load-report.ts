/** A load run as JSON and as one HTML page that needs nothing else. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { machineFacts } from '../machine.ts'
import { escaped, type Line, percentilePlot, plot } from '../report/plot.ts'
import {
  askedAgainSaid,
  isGood,
  type LoadResult,
  type TimeFigures,
  type TimeName,
  verdictOf,
} from './result.ts'
import type { Second } from './minute.ts'

const folder = join(import.meta.dirname, '../../reports')

export const timeNames: Record<TimeName, string> = {
  viewers: 'a viewer has it (one in 20 looked at)',
  members: 'a member with the SDK has it',
  replies: 'who asked has the answer',
  joins: 'from a join being due to the state',
  returns: 'from a lost socket to the state',
}

/** Writes both; returns the path of the page from where the command was typed. */
export function writeReport(result: LoadResult, command: string): string {
  mkdirSync(folder, { recursive: true })
  const name = `load-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
  const facts = { command, at: new Date().toISOString(), machine: machineFacts() }
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...facts, ...result }, null, 2))
  const page = join(folder, `${name}.html`)
  writeFileSync(page, html(result, facts))
  return relative(process.cwd(), page)
}

const style = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
td, th { padding: .2rem .8rem; text-align: left; border-bottom: 1px solid #8884 }
code { overflow-wrap: anywhere }
.scroll { overflow-x: auto }
.scroll svg { min-width: 34rem }
.no { color: light-dark(#b00020, #ff8a94); font-weight: bold }
.times td[data-of] { white-space: nowrap }
svg { width: 100%; height: auto; margin: .6rem 0 }
svg text { font-size: 11px; fill: currentColor }
svg .title { font-size: 13px; font-weight: 600 }
line { stroke: #8884 }
polyline { fill: none; stroke-width: 1.5 }
@media (max-width: 40rem) {
  td, th { padding: .2rem .4rem; overflow-wrap: anywhere }
  .times, .times tbody { display: block }
  .times tr { display: grid; grid-template-columns: repeat(3, 1fr); padding: .4rem 0 }
  .times tr { border-bottom: 1px solid #8884 }
  .times td { border: 0 }
  .times .of { grid-column: 1 / -1; font-weight: 600 }
  .times td[data-of]::before { content: attr(data-of); display: block; opacity: .75 }
  .times td[data-of]::before { font-size: .8rem }
  .times .heads { display: none }
}`

const timeHeads = ['p50', 'p90', 'p99', 'p99.9', 'most', 'count']

/** Plots, which a narrow window moves sideways: smaller their figures could not be read. */
const scroll = (name: string, plots: string): string =>
  `<div class="scroll" role="group" aria-label="${name}" tabindex="0">\n${plots}\n</div>`

const failed = ' <span class="no">failed</span>'

function html(result: LoadResult, facts: { command: string; at: string; machine: string }): string {
  const { plan, broken, missed, headroom } = result
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Odeon: a load run</title><style>${style}</style>
<h1>A load run: ${escaped(plan.scenario)}${isGood(result) ? '' : failed}</h1>
<p>${plan.viewers.toLocaleString('en')} viewers, ${result.members} of them on the SDK;
${result.lines} lines and ${result.reactions} reactions in ${plan.seconds} s:
${result.deliveries.toLocaleString('en')} deliveries. Seed ${plan.seed}.</p>
<p><code>${escaped(facts.command)}</code><br>${facts.at} · ${escaped(facts.machine)}</p>
<p class="${isGood(result) ? '' : 'no'}">${escaped(verdictOf(result))}</p>
${again(result)}<p class="${headroom.isGeneratorBound ? 'no' : ''}">${escaped(headroom.said)}.</p>
${list(missed, 'Missed targets')}${list(broken, 'Seen to break, in this order')}
<h2>What must hold</h2>
<table>${result.findings.map(findingRow).join('')}</table>
<h2>Times, from when a thing was due</h2>
<table class="times">
<tr class="heads"><th></th>${timeHeads.map((head) => `<th>${head}</th>`).join('')}</tr>
${eachTime(result, timesRow).join('')}
</table>
${scroll('Times', percentilePlot('ms by percentile', eachTime(result, curveOf)))}
<h2>Second by second</h2>
${scroll('Second by second', secondPlots(result.seconds))}
</html>
`
}

function again(result: LoadResult): string {
  const said = askedAgainSaid(result)
  return said === '' ? '' : `<p>Viewers ${escaped(said)}.</p>\n`
}

function list(texts: string[], title: string): string {
  if (texts.length === 0) return ''
  const items = texts.map((text) => `<li class="no">${escaped(text)}</li>`).join('')
  return `<h2>${title}</h2><ul>${items}</ul>`
}

function findingRow({ name, holds, found }: LoadResult['findings'][number]): string {
  const [mark, kind] = holds ? ['✓', ''] : ['✗', 'no']
  const cells = [mark, name, found].map((text) => `<td>${escaped(text)}</td>`).join('')
  return `<tr class="${kind}">${cells}</tr>`
}

function eachTime<T>({ times }: LoadResult, show: (name: TimeName, of: TimeFigures) => T): T[] {
  return (Object.keys(timeNames) as TimeName[])
    .filter((name) => times[name].count > 0)
    .map((name) => show(name, times[name]))
}

function timesRow(name: TimeName, of: TimeFigures): string {
  const times = [of.p50Ms, of.p90Ms, of.p99Ms, of.p999Ms, of.maxMs]
  const cells = [...times.map((ms) => `${ms.toFixed(1)} ms`), of.count.toLocaleString('en')]
    .map((text, at) => `<td data-of="${timeHeads[at]}">${text}</td>`)
    .join('')
  return `<tr><td class="of">${timeNames[name]}</td>${cells}</tr>`
}

const curveOf = (name: TimeName, { curve }: TimeFigures): Line => ({ name, points: curve })

function secondPlots(seconds: Second[]): string {
  const line = (name: string, of: (second: Second) => number | undefined): Line => ({
    name,
    points: seconds.map((second) => [second.at, of(second) ?? 0]),
  })
  const each = (count: number, of: (at: number) => Line) =>
    Array.from({ length: count }, (_, at) => of(at))
  const servers = seconds[0]?.cpuShares.length ?? 0
  const generators = seconds[0]?.generators.length ?? 0
  const numbered = (what: string, at: number, of: number) => (of > 1 ? `${what} ${at + 1}` : what)
  const boxes: [title: string, lines: Line[]][] = [
    ['viewers', [line('in', (s) => s.open), line('on the way', (s) => s.away)]],
    [
      'lines and reactions a second',
      [line('lines', (s) => s.linesPerS), line('reactions', (s) => s.reactionsPerS)],
    ],
    ['deliveries a second', [line('deliveries', (s) => s.deliveriesPerS)]],
    ['guests and seats asked for again, in all', [line('again', (s) => s.askedAgain)]],
    [
      'delivery to viewers, ms',
      [
        line('p50', (s) => s.viewers.p50Ms),
        line('p99', (s) => s.viewers.p99Ms),
        line('most', (s) => s.viewers.maxMs),
      ],
    ],
    [
      'CPU, % of a core (machine: of all cores)',
      [
        ...each(servers, (at) =>
          line(numbered('server', at, servers), (s) => (s.cpuShares[at] ?? 0) * 100),
        ),
        line('machine', (s) => (s.machineShare ?? 0) * 100),
      ],
    ],
    [
      'memory of the server, MiB',
      each(servers, (at) =>
        line(numbered('server', at, servers), (s) => (s.rssBytes[at] ?? 0) / 2 ** 20),
      ),
    ],
    [
      'generators: busy loop, % of the time',
      each(generators, (at) =>
        line(
          numbered('generator', at, generators),
          (s) => (s.generators[at]?.busyShare ?? 0) * 100,
        ),
      ),
    ],
    [
      'generators: longest turn, ms',
      each(generators, (at) =>
        line(numbered('generator', at, generators), (s) => s.generators[at]?.turnMaxMs),
      ),
    ],
  ]
  return boxes
    .filter(([, lines]) => lines.some(({ points }) => points.some(([, y]) => y > 0)))
    .map(([title, lines]) => plot({ title, lines, unit: 'seconds' }))
    .join('\n')
}
