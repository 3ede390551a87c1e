/** `npm run bench -- <name>`: benchmarks beside peers, in one run, with bars. */
import { parseArgs } from 'node:util'
import { fanoutTable } from './fanout/fanout-table.ts'
import { allHosts, runFanout } from './fanout/run-fanout.ts'
import { type HostName, hostKinds } from './hosts/host.ts'
import { runIdle } from './idle/run-idle.ts'
import { runIsolation } from './isolation/run-isolation.ts'
import { joinsMisses, joinsTable } from './joins/joins-table.ts'
import { runJoins } from './joins/run-joins.ts'
import { cores, demandTwoCores, machineFacts, pin } from './machine.ts'
import { provenance, writeSection } from './report/benchmarks-doc.ts'
import { colyseusVersions, peerVersions } from './report/versions.ts'
import { runSlow } from './slow/run-slow.ts'
import { slowMisses, slowTable } from './slow/slow-table.ts'
import { runSmall } from './small/run-small.ts'

const help = `npm run bench -- fanout   deliveries per server CPU-second beside peers
npm run bench -- small    latency in rooms of 2, 10 and 50 beside stock Colyseus
npm run bench -- slow     slow readers: corruption, bytes queued, the others' latency
npm run bench -- joins    15,000 who join one room at once, and 20,000 seats nobody takes
npm run bench -- idle     memory and CPU of 15,000 who say and hear nothing
npm run bench -- isolation  a game of ten beside a room of 15,000 in one process

  --quick            fewer repetitions and shorter windows
  --repetitions <n>  instead of 5
  --viewers <list>   e.g. 1000,5000
  --per-tick <list>  e.g. 1,10,50
  --hosts <list>     of ${allHosts.join(',')}
  --no-write         leave docs/benchmarks.md as it is`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    repetitions: { type: 'string' },
    viewers: { type: 'string', default: '1000,5000' },
    'per-tick': { type: 'string', default: '1,10,50' },
    hosts: { type: 'string', default: allHosts.join(',') },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const numbers = (list: string): number[] => list.split(',').map(Number)
const say = (line: string): void => console.log(line)
const command = ['npm run bench --', ...process.argv.slice(2)].join(' ')
const repetitions = Number(values.repetitions ?? (values.quick ? 2 : 5))

async function fanout(): Promise<boolean> {
  const hosts = values.hosts.split(',').filter((name): name is HostName => name in hostKinds)
  const times = values.quick
    ? { warmMs: 1_000, windowMs: 2_000 }
    : { warmMs: 2_000, windowMs: 4_000 }
  const plan = { viewers: numbers(values.viewers), perTick: numbers(values['per-tick']) }
  const result = await runFanout({ ...plan, ...times, repetitions, hosts, say })
  const table = fanoutTable(result, hosts)
  say(`\nDeliveries per server CPU-second, median of ${repetitions} (least–most):\n\n${table}\n`)
  say('Each viewer got every message once and in order; 20 SDK members confirmed text and state.')
  const discarded = result.rows
    .flatMap((row) => Object.values(row.cells))
    .reduce((sum, cell) => sum + cell.discarded, 0)
  const note = `Samples discarded because the server did not get its core: ${discarded}.`
  say(note)
  publish('fanout', `${table}\n\n${note}`, peerVersions())
  if (!result.isSound) say('The machine was too busy: some servers never had a core to themselves.')
  say(result.isMet ? 'All bars are met.' : 'A bar is missed, see above.')
  return result.isMet
}

async function small(): Promise<boolean> {
  const messages = values.quick ? 300 : 1_000
  const { table, isMet } = await runSmall({ repetitions, members: [2, 10, 50], messages, say })
  say(
    `\nFrom when a message was due until a member has it, median of ${repetitions}:\n\n${table}\n`,
  )
  publish('small', table, colyseusVersions())
  say(isMet ? 'The bar is met.' : 'The bar is missed, see above.')
  return isMet
}

async function slow(): Promise<boolean> {
  const stallS = values.quick ? 20 : 30
  const runs = await runSlow({
    viewers: 1_000,
    stallS,
    repetitions: values.quick ? 1 : 3,
    say,
  })
  const table = slowTable(runs)
  const misses = slowMisses(runs)
  say(`\n1,000 viewers, 5 % of them slow for ${stallS} s:\n\n${table}\n`)
  publish('slow', table, colyseusVersions())
  say(misses.length === 0 ? 'All bars are met.' : `Missed: ${misses.join('; ')}.`)
  return misses.length === 0
}

async function joins(): Promise<boolean> {
  const viewers = values.quick ? 4_000 : 15_000
  const runs = await runJoins({ repetitions, viewers, joinsPerS: 2_500, say })
  const table = joinsTable(runs)
  return verdict('joins', `${viewers.toLocaleString('en')} join one room`, table, joinsMisses(runs))
}

async function idle(): Promise<boolean> {
  const plan = values.quick ? { viewers: 4_000, windowS: 20 } : { viewers: 15_000, windowS: 60 }
  const { table, misses } = await runIdle({ repetitions, ...plan, say })
  return verdict('idle', `${plan.viewers.toLocaleString('en')} silent viewers`, table, misses)
}

async function isolation(): Promise<boolean> {
  const plan = values.quick ? { viewers: 4_000, windowS: 10 } : { viewers: 15_000, windowS: 30 }
  const { table, misses } = await runIsolation({ repetitions, ...plan, say })
  const viewers = plan.viewers.toLocaleString('en')
  return verdict('isolation', `A room of ten beside one of ${viewers}`, table, misses)
}

function verdict(section: string, what: string, table: string, misses: string[]): boolean {
  say(`\n${what}, median of ${repetitions}:\n\n${table}\n`)
  publish(section, table, colyseusVersions())
  say(misses.length === 0 ? 'All bars are met.' : `Missed: ${misses.join('; ')}.`)
  return misses.length === 0
}

function publish(section: string, table: string, versions: string): void {
  if (!values['no-write']) writeSection(section, `${provenance(command, versions)}\n\n${table}`)
}

const benches: Record<string, () => Promise<boolean>> = {
  fanout,
  small,
  slow,
  joins,
  idle,
  isolation,
}

const bench = benches[positionals[0] ?? '']
if (values.help || bench === undefined) {
  say(help)
  process.exitCode = values.help ? 0 : 2
} else {
  demandTwoCores()
  await pin(process.pid, cores.others)
  say(machineFacts())
  process.exitCode = (await bench()) ? 0 : 1
}
