/**
 * Builds `web/` with Vite when its sources differ from those of the last build, one build at a
 * time. The result appears whole, so that nobody ever serves half of it.
 */
import { spawn } from 'node:child_process'
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compressAll } from './compress.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { sourceHash } from './source-hash.ts'

const stampName = '.sources'
const outputBytesKept = 4_000

export class CannotBuild extends Error {
  override name = 'CannotBuild'
}

export interface Build {
  dist: string
  built: boolean
}

export async function buildWebApp(options: {
  root: string
  say(text: string): void
}): Promise<Build> {
  const { root, say } = options
  const web = join(root, 'web')
  const dist = join(web, 'dist')
  const hash = await sourceHash(root)
  const isFresh = async () => hash === (await stampOf(dist))
  if (await isFresh()) {
    say('built before, unchanged')
    return { dist, built: false }
  }
  say('waiting for another build')
  const scratch = join(web, '.vite')
  await mkdir(scratch, { recursive: true })
  const built = await oneAtATime(join(scratch, 'building'), async () => {
    if (await isFresh()) return false
    say('building')
    await buildInto(dist, { web, hash, scratch: join(scratch, 'build') })
    return true
  })
  say(built ? 'built' : 'built by another process')
  return { dist, built }
}

async function stampOf(dist: string): Promise<string> {
  return await readFile(join(dist, stampName), 'utf8').catch(() => '')
}

async function buildInto(
  dist: string,
  { web, hash, scratch }: { web: string; hash: string; scratch: string },
): Promise<void> {
  // A build that was cut short may have left something there.
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true })
  try {
    const fresh = join(scratch, 'dist')
    await runVite(web, fresh)
    await compressAll(fresh)
    await writeFile(join(fresh, stampName), hash)
    await rm(dist, { recursive: true, force: true })
    await rename(fresh, dist)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** In a process of its own: Vite's memory goes with it, and the event loop stays ours. */
async function runVite(web: string, outDir: string): Promise<void> {
  const vite = await viteOf(web)
  const { PATH, HOME, TMPDIR, TMP, SystemRoot } = process.env
  const child = spawn(
    process.execPath,
    [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: web,
      env: { PATH, HOME, TMPDIR, TMP, SystemRoot, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-outputBytesKept)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new CannotBuild(`The web app does not build:\n${output.trim()}`)
}

async function viteOf(web: string): Promise<string> {
  try {
    const manifest = createRequire(join(web, 'package.json')).resolve('vite/package.json')
    const vite = join(dirname(manifest), 'bin', 'vite.js')
    await access(vite)
    return vite
  } catch (cause) {
    const how = 'Install everything with `npm ci --include=dev`, or start with WEB=off.'
    throw new CannotBuild(`The web app must be built and Vite is not installed. ${how}`, { cause })
  }
}
