/** `npm run load`: thousands of viewers on a server, then what must hold, times and a report. */
import { parseArgs } from 'node:util'
import { runLoad, type LoadResult } from './load/run-load.ts'
import { writeReport } from './load/load-report.ts'
import { serverUnderLoad } from './load/server-under-load.ts'
import type { Percentiles } from './load/timings.ts'

const help = `npm run load -- --room live --viewers 2000 --chat 50 --seconds 60

  --room <kind>     kind of room; there is live
  --viewers <n>     all of them, those who talk included
  --chat <n>        lines a second, all together
  --seconds <n>     how long they talk
  --url <address>   a server on this machine; without it the one at http://localhost:2567,
                    or one of its own when none runs there
  --pid <n>         its process, to see its CPU and memory`

const { values } = parseArgs({
  options: {
    room: { type: 'string', default: 'live' },
    viewers: { type: 'string', default: '2000' },
    chat: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '60' },
    url: { type: 'string' },
    pid: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const say = (line: string): void => console.log(line)

const bounds = { viewers: [20, 19_000], chat: [1, 1_000], seconds: [1, 3_600] } as const

function bounded(name: keyof typeof bounds): number {
  const [least, most] = bounds[name]
  const value = Number(values[name])
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Error(`--${name} must be a whole number from ${least} to ${most}.`)
}

function times(name: string, { p50Ms, p99Ms, p999Ms, maxMs }: Percentiles): string {
  const ms = [p50Ms, p99Ms, p999Ms, maxMs].map((one) => `${one.toFixed(1)} ms`.padStart(11))
  return `  ${name.padEnd(30)}${ms.join('')}`
}

function show({ lines, deliveries, seconds, ...result }: LoadResult): void {
  say(`\n${lines} lines, ${deliveries.toLocaleString('en')} deliveries to viewers\n`)
  say(`  ${'from when a line was due'.padEnd(34)}p50        p99      p99.9       most`)
  say(times('its sender has the answer', result.replies))
  say(times('a member with the SDK has it', result.members))
  say(times('a viewer has it', result.viewers))
  const shares = seconds.flatMap(({ cpuShare }) => cpuShare ?? [])
  const memory = seconds.flatMap(({ rssBytes }) => rssBytes ?? [])
  if (shares.length > 0) {
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length
    const [first = 0, last = 0] = [memory[0], memory.at(-1)]
    const mib = (bytes: number) => Math.round(bytes / 2 ** 20)
    say(`\n  server: ${Math.round(mean * 100)} % of a core, ${mib(first)} → ${mib(last)} MiB`)
  }
  say('')
  for (const { name, holds, found } of result.invariants) {
    say(`  ${holds ? 'ok    ' : 'BROKEN'}  ${name.padEnd(36)} ${found}`)
  }
}

async function load(): Promise<boolean> {
  const plan = {
    viewers: bounded('viewers'),
    chatPerS: bounded('chat'),
    seconds: bounded('seconds'),
  }
  const pid = values.pid === undefined ? undefined : Number(values.pid)
  const server = await serverUnderLoad({ url: values.url, pid }, say)
  try {
    const result = await runLoad(server, plan, say)
    show(result)
    const command = ['npm run load --', ...process.argv.slice(2)].join(' ')
    say(`\n  Report: ${writeReport(result, command)}`)
    return result.invariants.every(({ holds }) => holds)
  } finally {
    await server.stop()
  }
}

if (values.help || values.room !== 'live') {
  say(help)
  process.exitCode = values.help ? 0 : 2
} else {
  try {
    process.exitCode = (await load()) ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
