/**
 * Where the program `livekit-server` is: as set, on the PATH, built before, or built now from its
 * public Go module, as docker/livekit/go.mod pins it. What is built lies outside the sources.
 */
import { spawn } from 'node:child_process'
import { constants, existsSync, readFileSync } from 'node:fs'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const module = 'github.com/livekit/livekit-server'
const recipe = resolve(import.meta.dirname, '../../../../docker/livekit')

export const programLimits = { buildMs: 30 * 60_000, outputBytesKept: 2_000 } as const

export type LiveKitProgram = { path: string; built: boolean } | { missing: string }

export interface ProgramOptions {
  environment: Record<string, string | undefined>
  /** Told now and then what is being done. */
  say?: (text: string) => void
  /** False looks only for what is there. */
  builds?: boolean
  /** Ends a build that is under way. */
  signal?: AbortSignal
}

/** The version that is built, such as `v1.9.11`. */
export function pinnedVersion(): string {
  const text = readFileSync(join(recipe, 'go.mod'), 'utf8')
  const [, version] = new RegExp(`^(?:require )?\\s*${module} (v[\\w.-]+)`, 'm').exec(text) ?? []
  if (version === undefined) throw new Error(`${recipe}/go.mod names no version of ${module}`)
  return version
}

/** Never rejects: `missing` says in one line what is wrong and how to get it. */
export async function livekitProgram(options: ProgramOptions): Promise<LiveKitProgram> {
  const { environment, say = () => undefined, builds = true } = options
  const given = environment['LIVEKIT_SERVER_PATH']
  if (given) {
    if (await isProgram(given)) return { path: given, built: false }
    return {
      missing: `There is no program ${given}. Correct LIVEKIT_SERVER_PATH, or leave it out.`,
    }
  }
  const version = pinnedVersion()
  const found = await onPath('livekit-server', environment)
  const kept = join(cacheFolder(environment), `livekit-server-${version}`)
  for (const path of [found, kept]) {
    if (path !== undefined && (await isProgram(path))) return { path, built: false }
  }
  const go = (await onPath('go', environment)) ?? '/usr/local/go/bin/go'
  if (!(await isProgram(go))) return { missing: howToGet }
  if (!builds) return { missing: `It is not built yet. Build it:  npm run setup` }
  say(`building ${version}, once; this takes some minutes`)
  const problem = await build({ ...options, go, to: kept, say, version })
  return problem === undefined ? { path: kept, built: true } : { missing: problem }
}

const howToGet =
  'Install Go 1.24 or later (https://go.dev/dl) and start again, or put livekit-server ' +
  '(https://docs.livekit.io/home/self-hosting/local) on the PATH, or set LIVEKIT_URL.'

/** What is built is kept here: never in the repository. */
export function cacheFolder(environment: Record<string, string | undefined>): string {
  const { LIVEKIT_CACHE_DIR: own, XDG_CACHE_HOME: cache } = environment
  return own ? resolve(own) : join(cache || join(homedir(), '.cache'), 'odeon')
}

interface Build {
  environment: Record<string, string | undefined>
  go: string
  to: string
  version: string
  say: (text: string) => void
  signal?: AbortSignal
}

/** Why it could not be done, or undefined. The program appears under its name when it is whole. */
async function build(options: Build): Promise<string | undefined> {
  const { go, to, version, say, environment } = options
  const unfinished = `${to}.${process.pid}`
  const late = AbortSignal.timeout(programLimits.buildMs)
  const signal = options.signal ? AbortSignal.any([options.signal, late]) : late
  let packages = 0
  const hear = (line: string) => {
    if (line.startsWith('go: downloading')) say(`building ${version}: downloading`)
    else if (/^[\w.-]+(\/[\w.@~-]+)*$/.test(line)) {
      packages += 1
      if (packages % 20 === 0) say(`building ${version}: ${packages} packages compiled`)
    }
  }
  try {
    await mkdir(resolve(to, '..'), { recursive: true })
    const words = ['build', '-v', '-trimpath', '-buildvcs=false', '-mod=readonly']
    const strip = ['-ldflags', '-s -w']
    const failure = await run(
      go,
      [...words, ...strip, '-o', unfinished, `${module}/cmd/server`],
      environment,
      signal,
      hear,
    )
    if (failure !== undefined) return `It was not built: ${failure}`
    await rename(unfinished, to)
    return undefined
  } catch (error) {
    return `It was not built: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    await rm(unfinished, { force: true })
  }
}

/** The end of what it said when it failed, or undefined. */
function run(
  program: string,
  words: string[],
  env: Record<string, string | undefined>,
  signal: AbortSignal,
  hear: (line: string) => void,
): Promise<string | undefined> {
  return new Promise((done) => {
    const child = spawn(program, words, {
      cwd: recipe,
      env,
      signal,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    let rest = ''
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-programLimits.outputBytesKept)
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) hear(line)
    })
    child.on('error', (error) => done(error.message))
    child.on('close', (code) => done(code === 0 ? undefined : said.trim().split('\n').at(-1)))
  })
}

async function onPath(
  name: string,
  { PATH }: Record<string, string | undefined>,
): Promise<string | undefined> {
  for (const folder of (PATH ?? '').split(delimiter)) {
    if (folder === '') continue
    const path = join(folder, name)
    if (existsSync(path) && (await isProgram(path))) return path
  }
  return undefined
}

const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
