/**
 * The load client where the compiled one cannot be: slower, the same options, commands and
 * figures, and it speaks TLS. See `swarm/` for what each of them means.
 */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { seeded } from '../load/seeded.ts'
import { Counters } from './counters.ts'
import { Door } from './door.ts'
import { Reporter } from './reporter.ts'
import { Viewer } from './viewer.ts'

const text = { type: 'string' } as const
const { values } = parseArgs({
  strict: false,
  options: {
    address: text,
    seat: text,
    guest: text,
    tokens: text,
    seats: text,
    body: text,
    first: text,
    sample: text,
    joining: text,
    lanes: text,
    lifetime: text,
    returns: text,
    seed: text,
    tls: text,
  },
})
const value = (name: keyof typeof values): string | undefined => {
  const given = values[name]
  return typeof given === 'string' ? given : undefined
}
const number = (name: keyof typeof values, usual: number): number => Number(value(name) ?? usual)

const first = number('first', 0)
const joiningMax = number('joining', 64)
const tokens = linesOf(value('tokens'))
const seats = linesOf(value('seats'))
const all = new Counters({
  door: new Door({
    addresses: (value('address') ?? '').split(','),
    isTls: value('tls') === '1',
    seat: value('seat'),
    guest: value('guest'),
    body: value('body') ?? '{}',
    lanes: number('lanes', 32),
  }),
  sampleEvery: number('sample', 50),
  areBack: value('returns') === '1',
  random: seeded(number('seed', 1)),
})
const viewers: Viewer[] = []
const reporter = new Reporter(all, viewers)

function linesOf(file: string | undefined): string[] {
  return file === undefined ? [] : readFileSync(file, 'utf8').split('\n').filter(Boolean)
}

function viewerAt(index: number): Viewer {
  const known = viewers[index]
  if (known !== undefined) return known
  const [host, path] = (seats[index] ?? '').split(' ')
  const made = new Viewer(first + index, all, {
    token: tokens[index],
    url: path === undefined ? undefined : `ws://${host}${path}`,
  })
  viewers[index] = made
  return made
}

/** So many at a time, in order. */
async function inLanes(work: (() => Promise<void>)[]): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    for (let at = next; at < work.length; at = next) {
      next += 1
      await work[at]?.()
    }
  }
  await Promise.all(Array.from({ length: joiningMax }, lane))
}

let signed = 0
async function guests(count: number): Promise<void> {
  const own = Array.from({ length: count }, (_, at) => viewerAt(signed + at))
  await inLanes(
    own.map(
      (viewer) => () =>
        viewer.sign().catch((error: Error) => {
          all.failed += 1
          all.tally(error.message)
        }),
    ),
  )
  signed += count
  reporter.say('signed')
}

let joined = 0
async function open(count: number, perSecond: number): Promise<void> {
  const from = joined
  joined += count
  const startedAt = performance.now()
  const join = async (at: number): Promise<void> => {
    const dueAt = perSecond > 0 ? startedAt + (at / perSecond) * 1_000 : performance.now()
    if (dueAt > performance.now()) await sleep(dueAt - performance.now())
    await viewerAt(from + at).join(dueAt)
  }
  await inLanes(Array.from({ length: count }, (_, at) => () => join(at)))
  reporter.say('opened')
}

function cut(count: number, politely: boolean): void {
  const from = Math.floor(all.random() * viewers.length)
  const inTurn = [...viewers.slice(from), ...viewers.slice(0, from)]
  for (const viewer of inTurn.filter(({ phase }) => phase === 'open').slice(0, count)) {
    viewer.cut(politely)
  }
}

function obey(line: string): void {
  const [command = '', one = '0', two = '0'] = line.split(' ')
  if (command === 'guests') void guests(Number(one)).catch(all.fail)
  else if (command === 'open') void open(Number(one), Number(two)).catch(all.fail)
  else if (command === 'cut' || command === 'leave') cut(Number(one), command === 'leave')
  else if (command === 'reset') {
    all.reset()
    reporter.say('reset')
  } else if (command === 'mark' || command === 'tick' || command === 'report') reporter.say(command)
  else if (command === 'quit') process.exit(0)
}

// A Ctrl-C goes to the whole group: whoever started this one ends it, after its last word.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

const lines = createInterface({ input: process.stdin })
lines.on('line', obey)
lines.on('close', () => process.exit(0))
setTimeout(() => process.exit(3), number('lifetime', 900) * 1_000).unref()
