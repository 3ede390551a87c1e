/** The viewers of a run: how many generators, of which kind, with which tokens. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoomUnderLoad } from '../kinds/kind.ts'
import { Crowd, perGeneratorMax, split } from './crowd.ts'
import { type GeneratorKind, hasCompiler } from './generators.ts'
import type { LoadPlan } from './plan.ts'
import type { ServerUnderLoad } from './server-under-load.ts'

const sampleEvery = 20
const lifetimeMoreS = 1_800

export interface AudienceOptions {
  server: ServerUnderLoad
  plan: LoadPlan
  viewers: number
  paths: Pick<RoomUnderLoad, 'seatPath' | 'socketPath'>
  /** So many are on their way in at the same time; without it as many as the fronts take. */
  onTheWayMax?: number | undefined
  broken: (what: string) => void
  say: (line: string) => void
}

export async function gather(options: AudienceOptions): Promise<Crowd> {
  const { server, plan, viewers, say } = options
  const kind = plan.kind ?? (server.isLocal && hasCompiler() ? 'compiled' : 'script')
  if (kind === 'compiled' && !server.isLocal) {
    throw new Error('The compiled client is for this machine only; use --client script.')
  }
  const generators = plan.generators ?? Math.ceil(viewers / perGeneratorMax[kind])
  if (viewers > generators * perGeneratorMax[kind]) {
    const most = perGeneratorMax[kind].toLocaleString('en')
    throw new Error(`A ${kind} generator carries at most ${most} viewers: raise --generators.`)
  }
  say(`${generators} ${generators === 1 ? 'generator' : 'generators'}, ${words[kind]}.`)
  const folder = await mkdtemp(join(tmpdir(), 'odeon-load-'))
  try {
    const tokenFiles = await splitTokens(folder, plan, viewers, generators)
    const fronts = Math.min(server.addresses.length, frontsMax)
    const onTheWayMax = options.onTheWayMax ?? joiningAtOnce * fronts
    const address = server.addresses.join(',')
    const { seatPath: seat, socketPath: socket } = options.paths
    const common = { address, seat, sampleEvery, returns: 1 } as const
    const crowd = await Crowd.start(
      {
        kind,
        generators,
        viewers,
        seed: plan.seed,
        options: {
          ...common,
          lifetimeS: plan.seconds + lifetimeMoreS,
          joiningMax: Math.ceil(onTheWayMax / generators),
          lanes: Math.min(lanesMax, Math.ceil(onTheWayMax / joiningPerLane / generators)),
          ...(plan.viewersReact && { say: 'reaction.send', hearts: 1 }),
          // As the SDK comes in; the slower one asks for a seat first.
          ...(kind === 'compiled' && { socket }),
          ...(server.isTls && { tls: 1 as const }),
          ...(tokenFiles === undefined && { guest: '/v1/auth/guest' }),
        },
        ...(tokenFiles !== undefined && { tokenFiles }),
      },
      options.broken,
    )
    // They have read the file once they answer.
    await crowd.mark()
    return crowd
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** For each front: a greeting waits for a beat, so that as many are under way as join in it. */
const joiningAtOnce = 128
const joiningPerLane = 2
/** That a generator opens. */
const lanesMax = 256
/** More fronts make room for more at once only up to here. */
const frontsMax = 8
const words: Record<GeneratorKind, string> = {
  compiled: 'compiled (C, epoll)',
  script: 'the slower one in TypeScript: fewer viewers, the same figures',
}

/** Each generator gets its part of the tokens; undefined when guests sign in instead. */
async function splitTokens(
  folder: string,
  { server: { tokenFile } }: LoadPlan,
  viewers: number,
  generators: number,
): Promise<string[] | undefined> {
  if (tokenFile === undefined) return undefined
  const tokens = (await readFile(tokenFile, 'utf8')).split(/\s+/).filter(Boolean)
  if (tokens.length < viewers) {
    throw new Error(`${viewers} viewers need as many tokens; the file has ${tokens.length}.`)
  }
  let from = 0
  const files: string[] = []
  for (const [at, share] of split(viewers, generators).entries()) {
    const file = join(folder, `tokens-${at}`)
    await writeFile(file, tokens.slice(from, from + share).join('\n'), { mode: 0o600 })
    from += share
    files.push(file)
  }
  return files
}
