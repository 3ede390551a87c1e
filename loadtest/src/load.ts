/** `npm run load`: thousands of viewers on a server, then what must hold, times and a report. */
import { faultSaid } from './load/fault-said.ts'
import { helpText } from './load/help.ts'
import { Interrupted, interruptedCode, interruption } from './load/interruption.ts'
import { timeNames, writeReport } from './load/load-report.ts'
import { type LoadPlan, readPlan } from './load/plan.ts'
import {
  askedAgainSaid,
  isGood,
  type LoadResult,
  type TimeFigures,
  type TimeName,
  verdictOf,
} from './load/result.ts'
import { runLoad } from './load/run-load.ts'
import { serverUnderLoad } from './load/server-under-load.ts'
import { terminal } from './load/terminal.ts'
import { findKind } from './kinds/find-kind.ts'
import { findScenario } from './scenarios/find-scenario.ts'

function timesLine(name: string, { p50Ms, p99Ms, p999Ms, maxMs }: TimeFigures): string {
  const ms = [p50Ms, p99Ms, p999Ms, maxMs].map((one) => `${one.toFixed(1)} ms`.padStart(12))
  return `  ${name.padEnd(38)}${ms.join('')}`
}

function show(result: LoadResult, say: (line: string) => void): void {
  const { lines, reactions, deliveries, seconds, times, findings, missed, headroom } = result
  const total = deliveries.toLocaleString('en')
  say(`\n${lines} lines, ${reactions} reactions, ${total} deliveries to viewers\n`)
  if (result.askedAgain > 0) say(`  ${askedAgainSaid(result)}\n`)
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
    say(`  ${holds ? 'pass' : 'FAIL'}  ${name.padEnd(55)} ${found}`)
  }
  for (const one of missed) say(`  FAIL  ${one}`)
  say(`\n  ${verdictOf(result)}`)
  if (!isGood(result)) say(`  The same choices again: --seed ${result.plan.seed}`)
}

/** Resolves with the exit code. */
async function load(plan: LoadPlan): Promise<number> {
  // Wrong names are refused before a server is started for them.
  findKind(plan.room)
  await findScenario(plan.scenario, plan.room)
  const voice = terminal()
  const ended = interruption(voice.say)
  const server = await serverUnderLoad(plan.server, voice.say, ended)
  try {
    const result = await runLoad(server, plan, voice, ended)
    show(result, voice.say)
    const command = ['npm run load --', ...process.argv.slice(2)].join(' ')
    voice.say(`\n  Report: ${writeReport(result, command)}`)
    if (result.wasEnded) return interruptedCode
    return isGood(result) ? 0 : 1
  } finally {
    await server.stop()
  }
}

try {
  const newSeed = () => 1 + Math.floor(Math.random() * 2 ** 31)
  const plan = readPlan(process.argv.slice(2), newSeed)
  if (plan === undefined) console.log(await helpText())
  else process.exitCode = await load(plan)
  // Whatever was under way when it was ended may go on waiting.
  if (process.exitCode === interruptedCode) process.exit()
} catch (error) {
  console.error(faultSaid(error))
  if (error instanceof Interrupted) process.exit(interruptedCode)
  process.exitCode = 1
}
