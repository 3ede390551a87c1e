/** The result of the fan-out benchmark as a table for people. */
import { type HostName, hostKinds } from '../hosts/host.ts'
import type { Cell, FanoutResult, FanoutRow } from './summarise.ts'

export function fanoutTable(result: FanoutResult, hosts: HostName[]): string {
  const peers = hosts.filter((host) => host !== 'odeon')
  const head = [
    'viewers × messages a tick',
    ...hosts.map((host) => hostKinds[host].title),
    ...peers.map((host) => `÷ ${hostKinds[host].title.split(' ')[0]}`),
    'load client',
  ]
  const lines = result.rows.map((row) => [
    `${row.viewers.toLocaleString('en')} × ${row.perTick}`,
    ...hosts.map((host) => cellText(row.cells[host])),
    ...peers.map((host) => ratioText(row, host)),
    `≤ ${Math.round(row.swarmShareMost * 100)} % of its core`,
  ])
  return markdown([head, ...lines])
}

/** A GitHub table with its columns in line, so that it reads in a terminal too. */
export function markdown([head = [], ...lines]: string[][]): string {
  const widths = head.map((_, at) =>
    Math.max(...[head, ...lines].map((line) => [...(line[at] ?? '')].length)),
  )
  const padded = (cell: string, at: number) =>
    cell + ' '.repeat((widths[at] ?? 0) - [...cell].length)
  const row = (cells: string[]) => `| ${cells.map(padded).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [row(head), rule, ...lines.map(row)].join('\n')
}

function cellText(cell: Cell | undefined): string {
  if (cell === undefined || Number.isNaN(cell.median)) return '–'
  const kept = cell.kept === 0 ? ' (core shared)' : ''
  return `${rate(cell.median)} (${rate(cell.least)}–${rate(cell.most)})${kept}`
}

function ratioText(row: FanoutRow, host: HostName): string {
  const found = row.ratios.find((ratio) => ratio.host === host)
  if (found === undefined) return '–'
  const times = `${found.ratio.toFixed(found.ratio < 10 ? 2 : 1)}×`
  if (found.bar === undefined) return times
  return `${times} ${found.isMet ? '≥' : '< **bar**'} ${found.bar}`
}

function rate(perS: number): string {
  return perS >= 1e6 ? `${(perS / 1e6).toFixed(2)} M` : `${Math.round(perS / 1e3)} k`
}
