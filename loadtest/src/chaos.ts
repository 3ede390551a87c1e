/** `npm run chaos -- gifts`: gifts while everything is killed by chance, then the books. */
import { chaosHelp, readChaosPlan } from './chaos/plan.ts'
import { type ChaosResult, runGifts } from './chaos/run-gifts.ts'

const say = (line: string): void => console.log(line)

function show({ findings, deaths, spared, asked, seconds }: ChaosResult): boolean {
  const acked = asked.filter(({ answer }) => answer !== undefined && 'n' in answer)
  const unknown = asked.filter((gift) => gift.unknown > 0).length
  const took = acked.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other)
  const at = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? 0)
  say(`\n${asked.length} gifts asked (${Math.round(asked.length / seconds)}/s), ${acked.length}`)
  say(`given, ${unknown} asked again because nobody knew; p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
  const counts = Map.groupBy(deaths, ({ victim }) => victim)
  const each = [...counts].map(([name, all]) => `${all.length} × ${name}`).join(', ')
  say(`${deaths.length} deaths: ${each}\n`)
  for (const { name, holds, found } of findings) {
    say(`  ${holds ? 'pass' : 'FAIL'}  ${name.padEnd(66)} ${found}`)
  }
  for (const name of spared) say(`  FAIL  ${name} was to die and did not; let it run longer`)
  return spared.length === 0 && findings.every(({ holds }) => holds)
}

try {
  const newSeed = () => 1 + Math.floor(Math.random() * 2 ** 31)
  const plan = readChaosPlan(process.argv.slice(2), newSeed)
  if (plan === undefined) say(chaosHelp)
  else if (!show(await runGifts(plan, say))) {
    process.exitCode = 1
    say(`\n  The same order of deaths again: --seed ${plan.seed}`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
