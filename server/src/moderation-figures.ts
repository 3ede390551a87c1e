/** `npm run moderation -- figures`: how well and how fast lines are scored, on the corpus. */
import { parseArgs } from 'node:util'
import { report } from './moderation/text/report.ts'

const help = `npm run moderation -- figures         precision and recall by class, time a line
npm run moderation -- score "<line>"  what one line scores and why`

const { positionals } = parseArgs({ allowPositionals: true })
const [command, line] = positionals
if (command === 'figures') console.log(report.figures())
else if (command === 'score' && line !== undefined) console.log(report.line(line))
else {
  console.log(help)
  process.exitCode = 2
}
