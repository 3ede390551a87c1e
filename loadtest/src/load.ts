/** `npm run load`: thousands of viewers on a server, then what must hold, times and a report. */
import { timeNames, writeReport } from './load/load-report.ts'
import { type LoadPlan, readPlan } from './load/plan.ts'
import { isGood, type LoadResult, type TimeFigures, type TimeName } from './load/result.ts'
import { runLoad } from './load/run-load.ts'
import { serverUnderLoad } from './load/server-under-load.ts'
import { terminal } from './load/terminal.ts'
import { allScenarios } from './scenarios/find-scenario.ts'

const help = `npm run load -- --room live --viewers 2000 --chat 50 --seconds 60

  --room <kind>        kind of room; there is live
  --scenario <name>    what the audience does, see below
  --viewers <n>        all of them, those who talk included
  --chat <n>           lines a second, all together
  --reactions <n>      reactions a second, all together
  --viewers-react      viewers of the compiled client react instead of members on the SDK
  --seconds <n>        how long they talk
  --seed <n>           makes the same choices as the run that printed it
  --url <address>      a server; without it the one at http://localhost:2567,
                       or one of its own when none runs there; more than one, with commas
                       between or said again, are fronts of one house and used in turns
  --pid <n,n>          its processes, to see their CPU and memory
  --stream <id>        a live stream to fill, instead of one of our own
  --generators <n>     processes that carry the viewers; as many as needed when not given
  --client <kind>      compiled or script; compiled where there is a compiler
  --p99-max-ms <n>     fail when a viewer has a line later than that; also
                       --join-p99-max-ms, --return-p99-max-ms, --reply-p99-max-ms
  --i-run-this-server  a server elsewhere is loaded only by whoever runs it
  --token-file <path>  access tokens, one a line, instead of guests that sign in

Scenarios:`

async function showHelp(): Promise<void> {
  console.log(help)
  for (const [name, { title }] of await allScenarios()) {
    console.log(`  ${name.padEnd(19)}  ${title}`)
  }
}

function timesLine(name: string, { p50Ms, p99Ms, p999Ms, maxMs }: TimeFigures): string {
  const ms = [p50Ms, p99Ms, p999Ms, maxMs].map((one) => `${one.toFixed(1)} ms`.padStart(12))
  return `  ${name.padEnd(38)}${ms.join('')}`
}

function show(result: LoadResult, say: (line: string) => void): void {
  const { lines, reactions, deliveries, seconds, times, findings, missed, headroom } = result
  const total = deliveries.toLocaleString('en')
  say(`\n${lines} lines, ${reactions} reactions, ${total} deliveries to viewers\n`)
  const heads = ['p50', 'p99', 'p99.9', 'most'].map((head) => head.padStart(12)).join('')
  say(`  ${'from when a thing was due'.padEnd(38)}${heads}`)
  for (const name of Object.keys(timeNames) as TimeName[]) {
    if (times[name].count > 0) say(timesLine(timeNames[name], times[name]))
  }
  const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  for (const at of seconds[0]?.cpuShares.keys() ?? []) {
    const share = Math.round(mean(seconds.map(({ cpuShares }) => cpuShares[at] ?? 0)) * 100)
    const mib = (second: LoadResult['seconds'][number] | undefined) =>
      Math.round((second?.rssBytes[at] ?? 0) / 2 ** 20)
    say(`\n  server: ${share} % of a core, ${mib(seconds[0])} → ${mib(seconds.at(-1))} MiB`)
  }
  say(`\n  ${headroom.said}\n`)
  for (const { name, holds, found } of findings) {
    say(`  ${holds ? 'ok    ' : 'BROKEN'}  ${name.padEnd(55)} ${found}`)
  }
  for (const one of missed) say(`  MISSED  ${one}`)
  if (!isGood(result)) say(`\n  The same choices again: --seed ${result.plan.seed}`)
}

async function load(plan: LoadPlan): Promise<boolean> {
  const voice = terminal()
  const server = await serverUnderLoad(plan.server, voice.say)
  try {
    const result = await runLoad(server, plan, voice)
    show(result, voice.say)
    const command = ['npm run load --', ...process.argv.slice(2)].join(' ')
    voice.say(`\n  Report: ${writeReport(result, command)}`)
    return isGood(result)
  } finally {
    await server.stop()
  }
}

try {
  const newSeed = () => 1 + Math.floor(Math.random() * 2 ** 31)
  const plan = readPlan(process.argv.slice(2), newSeed)
  if (plan === undefined) await showHelp()
  else process.exitCode = (await load(plan)) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
