// `npm run check`: every check that needs no test runner, two at a time, one line each.
// One that fails prints what it found and how to go on; the others still run.
import { spawn } from 'node:child_process'

interface Check {
  name: string
  command: string
  advice: string
}

const tsc = (workspace: string): Check => ({
  name: `types ${workspace}`,
  command: `tsc -p ${workspace}`,
  advice: 'Make the types say what the code does; do not cast the complaint away.',
})

const checks: Check[] = [
  { name: 'format', command: 'biome format .', advice: 'Run `npm run format`.' },
  {
    name: 'lint',
    command: 'oxlint --type-aware --quiet',
    advice: 'Each line above names its rule. `npm run lint -- --fix` mends the simple ones.',
  },
  {
    name: 'arrows',
    command: 'depcruise --config .dependency-cruiser.mjs rooms client-sdk server web loadtest',
    advice: 'Imports follow one direction, see docs/architecture.md. Move the code, not the rule.',
  },
  {
    name: 'dead code',
    command: 'knip',
    advice: 'Delete what nothing uses, or stop exporting what only its own file uses.',
  },
  ...['web', 'server', 'client-sdk', 'loadtest', 'rooms', '.'].map(tsc),
]

/** Runs one check to its end; its output is kept and shown only if it fails. */
function run({ name, command, advice }: Check): Promise<boolean> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('close', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      if (code === 0) console.log(`  ok    ${name.padEnd(17)} ${seconds} s`)
      else console.log(`  FAILS ${name.padEnd(17)} ${command}\n\n${output.trim()}\n\n  ${advice}\n`)
      resolve(code === 0)
    })
  })
}

async function runAll(wanted: Check[]): Promise<number> {
  const queue = [...wanted]
  let failed = 0
  const lane = async (): Promise<void> => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      if (!(await run(check))) failed += 1
    }
  }
  await Promise.all([lane(), lane()])
  return failed
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !checks.some((check) => check.name.startsWith(name)))
if (unknown.length > 0) {
  console.log(
    `No check is called ${unknown.join(', ')}. There are: ${checks.map((c) => c.name).join(', ')}.`,
  )
  process.exit(2)
}
const chosen = checks.filter(
  ({ name }) => wanted.length === 0 || wanted.some((prefix) => name.startsWith(prefix)),
)
const failed = await runAll(chosen)
console.log(`\nChecks: ${chosen.length - failed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1
