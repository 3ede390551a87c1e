/** A load run as JSON and as one HTML page that needs nothing else. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { machineFacts } from '../machine.ts'
import type { LoadResult, Second } from './run-load.ts'
import type { Percentiles } from './timings.ts'

const folder = join(import.meta.dirname, '../../reports')

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
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse }
td, th { padding: .2rem .8rem; text-align: left; border-bottom: 1px solid #8884 }
.no { color: #c00; font-weight: bold }
svg { width: 100%; height: auto; background: #8881 }
text { font-size: 11px; fill: currentColor }
polyline { fill: none; stroke-width: 1.5 }`

function html(result: LoadResult, facts: { command: string; at: string; machine: string }): string {
  const { plan, seconds } = result
  const pick = (of: (second: Second) => number | undefined) => seconds.map((s) => of(s) ?? 0)
  const joinS = (result.joinMs / 1000).toFixed(1)
  return `<!doctype html>
<meta charset="utf-8"><title>Odeon: a load run</title><style>${style}</style>
<h1>A load run</h1>
<p>${plan.viewers} viewers, joined in ${joinS} s; ${plan.chatPerS} lines a second for
${plan.seconds} s: ${result.deliveries.toLocaleString('en')} deliveries.</p>
<p><code>${facts.command}</code><br>${facts.at} · ${facts.machine}</p>
<h2>What must hold</h2>
<table>${result.invariants.map(invariantRow).join('')}</table>
<h2>Times, from when a line was due</h2>
<table>
<tr><th></th><th>p50</th><th>p90</th><th>p99</th><th>p99.9</th><th>most</th><th>count</th></tr>
${timesRow('its sender has the answer', result.replies)}
${timesRow('a member with the SDK has it', result.members)}
${timesRow('a viewer has it (one in 20 looked at)', result.viewers)}
</table>
<h2>Second by second</h2>
${plot('delivery, ms', {
  p50: pick((s) => s.delivery.p50Ms),
  p99: pick((s) => s.delivery.p99Ms),
})}
${plot('CPU of the server, % of a core', { cpu: pick((s) => (s.cpuShare ?? 0) * 100) })}
${plot('memory of the server, MiB', { rss: pick((s) => (s.rssBytes ?? 0) / 2 ** 20) })}
`
}

function invariantRow({ name, holds, found }: LoadResult['invariants'][number]): string {
  const [mark, kind] = holds ? ['✓', ''] : ['✗', 'no']
  return `<tr class="${kind}"><td>${mark}</td><td>${name}</td><td>${found}</td></tr>`
}

function timesRow(name: string, of: Percentiles): string {
  const cells = [of.p50Ms, of.p90Ms, of.p99Ms, of.p999Ms, of.maxMs]
  const text = cells.map((ms) => `<td>${ms.toFixed(1)} ms</td>`).join('')
  return `<tr><td>${name}</td>${text}<td>${of.count.toLocaleString('en')}</td></tr>`
}

const colours = ['#2a6fdb', '#d9822b']

function plot(title: string, lines: Record<string, number[]>): string {
  const most = Math.max(1e-9, ...Object.values(lines).flat())
  const [width, height] = [800, 160]
  const drawn = Object.entries(lines).map(([name, values], index) => {
    const points = values.map((value, at) => {
      const x = 40 + (at / Math.max(1, values.length - 1)) * (width - 60)
      return `${x.toFixed(1)},${(height - 20 - (value / most) * (height - 50)).toFixed(1)}`
    })
    const colour = colours[index % colours.length]
    return `<polyline stroke="${colour}" points="${points.join(' ')}"/>
<text x="${width - 60 - index * 60}" y="16" style="fill:${colour}">${name}</text>`
  })
  return `<svg viewBox="0 0 ${width} ${height}">
<text x="4" y="16">${title}</text><text x="4" y="34">${most.toFixed(1)}</text>
<text x="4" y="${height - 18}">0</text>${drawn.join('')}</svg>`
}
