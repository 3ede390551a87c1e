/** Builds the load client with gcc at first use, and again when a source has changed. */
import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What the client is built with; nothing else of this repository needs it. */
export const compiler = 'gcc'

const sources = import.meta.dirname
const folder = join(import.meta.dirname, '../../build')
const program = join(folder, 'swarm')

let built: Promise<string> | undefined

/** Path of the compiled client. */
export function swarmProgram(): Promise<string> {
  built ??= build()
  return built
}

async function build(): Promise<string> {
  const files = readdirSync(sources).filter((name) => /\.[ch]$/.test(name))
  const newest = Math.max(...files.map((name) => statSync(join(sources, name)).mtimeMs))
  const existing = statSync(program, { throwIfNoEntry: false })
  if (existing !== undefined && existing.mtimeMs > newest) return program
  mkdirSync(folder, { recursive: true })
  const code = files.filter((name) => name.endsWith('.c')).map((name) => join(sources, name))
  const flags = ['-O2', '-std=c17', '-Wall', '-Wextra', '-Werror', '-o', program]
  await promisify(execFile)(compiler, [...flags, ...code]).catch((error: unknown) => {
    throw new Error('The load client could not be built; it needs gcc.', { cause: error })
  })
  return program
}
