/** What a load run shall do, read from the command line and bounded. */
import { parseArgs } from 'node:util'
import type { GeneratorKind } from './generators.ts'

export interface LoadPlan {
  room: string
  scenario: string
  viewers: number
  /** Lines and reactions a second, all members together. */
  chatPerS: number
  reactionsPerS: number
  seconds: number
  seed: number
  /** Undefined: as many as the viewers need. */
  generators: number | undefined
  kind: GeneratorKind | undefined
  /** Reactions come from viewers of the compiled client, who wait for no answer. */
  viewersReact: boolean
  targets: Targets
  server: Where
}

/** Missed ones make the run fail, as broken invariants do. */
export interface Targets {
  p99MaxMs?: number
  joinP99MaxMs?: number
  returnP99MaxMs?: number
  replyP99MaxMs?: number
}

export interface Where {
  /** Fronts of one house, where people sign in and get seats in turns; empty: our own. */
  urls: string[]
  pids: number[]
  /** Somebody who may says that the server is theirs. */
  isTheirs: boolean
  tokenFile: string | undefined
  /** A live stream to fill, instead of one of our own. */
  streamId: string | undefined
}

/** Least, most, and what is meant when nothing is said. */
export const planBounds = {
  viewers: [20, 200_000, 2_000],
  chat: [0, 1_000, 50],
  reactions: [0, 5_000, 0],
  seconds: [1, 7_200, 60],
} as const

export const usualNames = { room: 'live', scenario: 'steady' } as const

const ownOptions = {
  room: { type: 'string', default: usualNames.room },
  scenario: { type: 'string', default: usualNames.scenario },
  viewers: { type: 'string' },
  chat: { type: 'string' },
  reactions: { type: 'string' },
  seconds: { type: 'string' },
  seed: { type: 'string' },
  generators: { type: 'string' },
  client: { type: 'string' },
  url: { type: 'string', multiple: true },
  pid: { type: 'string' },
  stream: { type: 'string' },
  'token-file': { type: 'string' },
  'viewers-react': { type: 'boolean', default: false },
  'i-run-this-server': { type: 'boolean', default: false },
  'p99-max-ms': { type: 'string' },
  'join-p99-max-ms': { type: 'string' },
  'return-p99-max-ms': { type: 'string' },
  'reply-p99-max-ms': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** Undefined when help was asked for. Throws with what to say when the plan is no good. */
export function readPlan(args: string[], newSeed: () => number): LoadPlan | undefined {
  const { values } = parseArgs({ args, options: ownOptions })
  if (values.help) return undefined
  const bounded = (name: keyof typeof planBounds) => {
    const [least, most, usual] = planBounds[name]
    return whole(name, values[name] ?? usual, least, most)
  }
  const optional = (name: keyof typeof values, most: number) =>
    values[name] === undefined ? undefined : whole(name, values[name], 1, most)
  const target = (name: keyof Targets, option: keyof typeof values) => {
    const value = optional(option, 600_000)
    return value === undefined ? {} : { [name]: value }
  }
  const { client } = values
  if (client !== undefined && client !== 'compiled' && client !== 'script') {
    throw new Error('--client must be compiled or script.')
  }
  return {
    room: values.room,
    scenario: values.scenario,
    viewers: bounded('viewers'),
    chatPerS: bounded('chat'),
    reactionsPerS: bounded('reactions'),
    seconds: bounded('seconds'),
    seed: values.seed === undefined ? newSeed() : whole('seed', values.seed, 1, 2 ** 31),
    generators: optional('generators', 64),
    kind: client,
    viewersReact: values['viewers-react'],
    targets: {
      ...target('p99MaxMs', 'p99-max-ms'),
      ...target('joinP99MaxMs', 'join-p99-max-ms'),
      ...target('returnP99MaxMs', 'return-p99-max-ms'),
      ...target('replyP99MaxMs', 'reply-p99-max-ms'),
    },
    server: {
      urls: (values.url ?? []).flatMap((list) => list.split(',')).filter(Boolean),
      pids: (values.pid ?? '').split(',').filter(Boolean).map(Number),
      isTheirs: values['i-run-this-server'],
      tokenFile: values['token-file'],
      streamId: values.stream,
    },
  }
}

function whole(name: string, given: unknown, least: number, most: number): number {
  const value = Number(given)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new Error(`--${name} must be a whole number from ${least} to ${most}.`)
}
