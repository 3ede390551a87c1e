/** What `npm run load -- --help` says: every word, its bounds, and what it means when not given. */
import { roomKinds } from '../kinds/find-kind.ts'
import { allScenarios } from '../scenarios/find-scenario.ts'
import { planBounds, usualNames } from './plan.ts'

function between(name: keyof typeof planBounds): string {
  const [least, most, usual] = planBounds[name]
  return `${least} to ${most}; ${usual} when not given`
}

const words: [word: string, means: string][] = [
  ['--room <kind>', `${Object.keys(roomKinds).join(', ')}; ${usualNames.room} when not given`],
  ['--scenario <name>', `what the audience does, see below; ${usualNames.scenario} when not given`],
  ['--viewers <n>', `all of them, those who talk included: ${between('viewers')}`],
  ['--chat <n>', `lines a second, all together: ${between('chat')}`],
  ['--reactions <n>', `reactions a second, all together: ${between('reactions')}`],
  ['--viewers-react', 'viewers of the compiled client react instead of members on the SDK'],
  ['--seconds <n>', `how long they talk: ${between('seconds')}`],
  ['--seed <n>', 'makes the same choices as the run that printed it; a new one when not given'],
  ['--url <address>', 'a server; when not given the one at http://localhost:2567,'],
  ['', 'or one of its own when none runs there; more than one, with commas'],
  ['', 'between or said again, are fronts of one house and used in turns'],
  ['--pid <n,n>', 'its processes, to see their CPU and memory; none when not given'],
  ['--stream <id>', 'a live stream to fill; one of our own when not given'],
  [
    '--generators <n>',
    'processes that carry the viewers, 1 to 64; as many as needed when not given',
  ],
  ['--client <kind>', 'compiled or script; when not given compiled where there is a compiler'],
  ['--p99-max-ms <n>', 'fail when a viewer has a line later than that; also --join-p99-max-ms,'],
  ['', '--return-p99-max-ms, --reply-p99-max-ms; no target when not given'],
  ['--i-run-this-server', 'a server elsewhere is loaded only by whoever runs it'],
  ['--token-file <path>', 'access tokens, one a line; guests sign in when not given'],
]

export async function helpText(): Promise<string> {
  const row = (word: string, means: string) => `  ${word.padEnd(21)}${means}`
  const scenarios = await allScenarios()
  return [
    'npm run load -- --room live --viewers 2000 --chat 50 --seconds 60',
    '',
    ...words.map(([word, means]) => row(word, means)),
    '',
    'Scenarios:',
    ...scenarios.map(([name, { title }]) => row(name, title)),
    '',
    'Ends with 0 when all holds, 1 when something is broken or missed or the plan is wrong,',
    'and 130 when you end it by Ctrl-C, with a report of what was seen so far.',
  ].join('\n')
}
