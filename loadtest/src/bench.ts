/** `npm run bench -- <name>`: benchmarks beside peers, in one run, with bars. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench } from './benches/bench.ts'
import { allHosts } from './fanout/run-fanout.ts'
import { cores, demandTwoCores, machineFacts, pin } from './machine.ts'
import { provenance, writeSection } from './report/benchmarks-doc.ts'

const folder = join(import.meta.dirname, 'benches')

/** Every file of the folder that exports one, by its name. */
async function allBenches(): Promise<Map<string, Bench>> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'bench.ts')
  const benches = files.toSorted().map(async (file): Promise<[string, Bench]> => {
    const { bench } = (await import(join(folder, file))) as { bench: Bench }
    return [file.slice(0, -3), bench]
  })
  return new Map(await Promise.all(benches))
}

const options = `
  --quick            fewer repetitions and shorter windows
  --repetitions <n>  instead of 5
  --viewers <list>   of fanout, e.g. 1000,5000; of soak, scale, faults, relay-kill
  --minutes <n>      of soak
  --processes <n>    of scale: relays beside the writer
  --per-tick <list>  of fanout, e.g. 1,10,50
  --hosts <list>     of fanout: ${allHosts.join(',')}
  --cell <list>      of faults: which of them; all when not said
  --trials <n>       of faults: of each, 1 when not said
  --no-write         leave docs/benchmarks.md as it is`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    repetitions: { type: 'string' },
    viewers: { type: 'string' },
    minutes: { type: 'string' },
    processes: { type: 'string' },
    'per-tick': { type: 'string', default: '1,10,50' },
    hosts: { type: 'string', default: allHosts.join(',') },
    cell: { type: 'string' },
    trials: { type: 'string', default: '1' },
    'no-write': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const numbers = (list: string): number[] => list.split(',').map(Number)
const say = (line: string): void => console.log(line)

/** True when every bar is met. */
async function run(name: string, bench: Bench): Promise<boolean> {
  demandTwoCores()
  if (bench.usesAllCores !== true) await pin(process.pid, cores.others)
  say(machineFacts())
  const { heading, table, note, versions, misses } = await bench.run({
    isQuick: values.quick,
    repetitions: Number(values.repetitions ?? (values.quick ? 2 : 5)),
    viewers: values.viewers === undefined ? [] : numbers(values.viewers),
    minutes: values.minutes === undefined ? undefined : Number(values.minutes),
    processes: values.processes === undefined ? undefined : Number(values.processes),
    isWritten: !values['no-write'],
    perTick: numbers(values['per-tick']),
    hosts: values.hosts.split(','),
    cells: values.cell?.split(',') ?? [],
    trials: Number(values.trials),
    say,
  })
  say(`\n${heading}:\n\n${table}\n`)
  if (note !== undefined) say(note)
  const command = ['npm run bench --', ...process.argv.slice(2)].join(' ')
  const shown = [provenance(command, versions), table, ...(note === undefined ? [] : [note])]
  if (!values['no-write']) writeSection(name, shown.join('\n\n'))
  say(misses.length === 0 ? 'All bars are met.' : `Missed: ${misses.join('; ')}.`)
  return misses.length === 0
}

const benches = await allBenches()
const name = positionals[0] ?? ''
const bench = benches.get(name)
if (values.help || bench === undefined) {
  for (const [known, { title }] of benches) say(`npm run bench -- ${known.padEnd(10)} ${title}`)
  say(options)
  process.exitCode = values.help ? 0 : 2
} else {
  process.exitCode = (await run(name, bench)) ? 0 : 1
}
