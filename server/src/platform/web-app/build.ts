/**
 * Builds `web/` with Vite when its sources differ from those of the last build. The result appears
 * at once and whole, so that a server that runs meanwhile never serves half of it.
 */
import { spawn } from 'node:child_process'
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compressAll } from './compress.ts'
import { sourceHash } from './source-hash.ts'

const stampName = '.sources'
const outputBytesKept = 4_000

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
  const stamp = await readFile(join(dist, stampName), 'utf8').catch(() => '')
  if (stamp === hash) {
    say('built before, unchanged')
    return { dist, built: false }
  }
  say('building')
  const scratch = join(web, '.vite', `build-${process.pid}`)
  await mkdir(scratch, { recursive: true })
  try {
    const fresh = join(scratch, 'dist')
    await runVite(web, fresh)
    await compressAll(fresh)
    await writeFile(join(fresh, stampName), hash)
    await swap(fresh, dist, join(scratch, 'old'))
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  say('built')
  return { dist, built: true }
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
  if (code !== 0) throw new Error(`The web app does not build:\n${output.trim()}`)
}

async function viteOf(web: string): Promise<string> {
  try {
    const manifest = createRequire(join(web, 'package.json')).resolve('vite/package.json')
    const vite = join(dirname(manifest), 'bin', 'vite.js')
    await access(vite)
    return vite
  } catch (cause) {
    const how = 'Install everything with `npm ci --include=dev`, or start with WEB=off.'
    throw new Error(`The web app must be built and Vite is not installed. ${how}`, { cause })
  }
}

/** Two servers may build at once; whichever comes last is served. */
async function swap(fresh: string, dist: string, old: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await rename(dist, `${old}-${attempt}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    try {
      await rename(fresh, dist)
      return
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (attempt === 5 || (code !== 'ENOTEMPTY' && code !== 'EEXIST')) throw error
    }
  }
}
