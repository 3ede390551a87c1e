/**
 * Where a program of a public Go module is: as set, on the PATH, built before, or built now as a
 * `go.mod` under docker pins it. What is built lies outside the sources.
 */
import { spawn } from 'node:child_process'
import { constants, existsSync, readFileSync } from 'node:fs'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

export interface GoRecipe {
  /** What the program is called on the PATH. */
  name: string
  /** The variable that says where it lies. */
  setting: string
  /** Whose version the folder's go.mod pins, and its package that is the program. */
  module: string
  package: string
  /** Folder with go.mod and go.sum. */
  folder: string
  tags?: string
  howToGet: string
}

export const programLimits = { buildMs: 30 * 60_000, outputBytesKept: 2_000 } as const

export type GoProgram = { path: string; built: boolean } | { missing: string }

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
export function versionIn({ folder, module }: Pick<GoRecipe, 'folder' | 'module'>): string {
  const text = readFileSync(join(folder, 'go.mod'), 'utf8')
  const [, version] = new RegExp(`^(?:require )?\\s*${module} (v[\\w.-]+)`, 'm').exec(text) ?? []
  if (version === undefined) throw new Error(`${folder}/go.mod names no version of ${module}`)
  return version
}

/** Never rejects: `missing` says in one line what is wrong and how to get it. */
export async function goProgram(recipe: GoRecipe, options: ProgramOptions): Promise<GoProgram> {
  const { environment, say = () => undefined, builds = true } = options
  const { name, setting } = recipe
  const given = environment[setting]
  if (given) {
    if (await isProgram(given)) return { path: given, built: false }
    return { missing: `There is no program ${given}. Correct ${setting}, or leave it out.` }
  }
  const version = versionIn(recipe)
  const found = await onPath(name, environment)
  const kept = join(cacheFolder(environment), `${name}-${version}`)
  for (const path of [found, kept]) {
    if (path !== undefined && (await isProgram(path))) return { path, built: false }
  }
  const go = (await onPath('go', environment)) ?? '/usr/local/go/bin/go'
  if (!(await isProgram(go))) return { missing: recipe.howToGet }
  if (!builds) return { missing: `It is not built yet. Build it:  npm run setup` }
  say(`building ${version}, once; this takes some minutes`)
  const problem = await build(recipe, { ...options, go, to: kept, say, version })
  return problem === undefined ? { path: kept, built: true } : { missing: problem }
}

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
async function build(recipe: GoRecipe, options: Build): Promise<string | undefined> {
  const { go, to, version, say, environment: env } = options
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
    const tags = recipe.tags === undefined ? [] : ['-tags', recipe.tags]
    const last = ['-ldflags', '-s -w', '-o', unfinished, recipe.package]
    const call = { program: go, words: [...words, ...tags, ...last], cwd: recipe.folder }
    const failure = await run(call, { env, signal, hear })
    if (failure !== undefined) return `It was not built: ${failure}`
    await rename(unfinished, to)
    return undefined
  } catch (error) {
    return `It was not built: ${error instanceof Error ? error.message : String(error)}`
  } finally {
    await rm(unfinished, { force: true })
  }
}

interface Around {
  env: Record<string, string | undefined>
  signal: AbortSignal
  hear: (line: string) => void
}

/** The end of what it said when it failed, or undefined. */
function run(
  { program, words, cwd }: { program: string; words: string[]; cwd: string },
  { env, signal, hear }: Around,
): Promise<string | undefined> {
  return new Promise((done) => {
    const child = spawn(program, words, { cwd, env, signal, stdio: ['ignore', 'ignore', 'pipe'] })
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
