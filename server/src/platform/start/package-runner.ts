/**
 * `npm start` puts npm, and often a shell, between whoever started it and the server. When those
 * are killed nobody tells the server; it notices that they are gone. A server that is not below a
 * package runner (PM2, systemd, a container, a shell that let go of it) is nobody's to end.
 */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const lookEveryMs = 500
/** The runner, a shell, and one more for wrappers such as a version manager's. */
const levelsMax = 3
const runner = /(^|[\s/\\])(npm|pnpm|yarn)(-cli)?(\.c?js)?(\s|$)/

export interface ProcessFacts {
  parent: number
  command: string
}

export interface ProcessTree {
  /** The process above this one, at this moment. */
  parent(): number
  /** Undefined when there is no such process or nobody says. */
  about(pid: number): Promise<ProcessFacts | undefined>
}

/** From the parent up to the package runner; undefined when none is above. */
export async function runnerAbove(
  tree: ProcessTree,
  env: Record<string, string | undefined>,
): Promise<number[] | undefined> {
  // What runs below a runner's child inherits this, so it takes the runner itself as well.
  if (env['npm_lifecycle_event'] === undefined) return undefined
  const chain: number[] = []
  for (let pid = tree.parent(); pid > 0 && chain.length < levelsMax; ) {
    const facts = await tree.about(pid)
    if (!facts) return undefined
    chain.push(pid)
    if (runner.test(facts.command)) return chain
    pid = facts.parent
  }
  return undefined
}

/** Whether each is still below the next: who loses its parent is handed to another. */
export async function isWhole(tree: ProcessTree, chain: readonly number[]): Promise<boolean> {
  if (tree.parent() !== chain[0]) return false
  for (const [at, pid] of chain.entries()) {
    const facts = await tree.about(pid)
    const above = chain[at + 1]
    if (!facts || (above !== undefined && facts.parent !== above)) return false
  }
  return true
}

/** Calls `gone` once when the package runner above is gone; the result ends the watch. */
export async function watchRunner(options: {
  gone(): void
  tree?: ProcessTree
  env?: Record<string, string | undefined>
}): Promise<() => void> {
  const { gone, tree = ownTree, env = process.env } = options
  const chain = await runnerAbove(tree, env)
  if (!chain) return () => undefined
  const stop = new AbortController()
  const look = async () => {
    if (stop.signal.aborted) return
    if (await isWhole(tree, chain)) {
      setTimeout(() => void look(), lookEveryMs).unref()
      return
    }
    if (!stop.signal.aborted) gone()
  }
  void look()
  return () => stop.abort()
}

const run = promisify(execFile)

const ownTree: ProcessTree = {
  parent: () => process.ppid,
  about: (pid) => (process.platform === 'linux' ? fromProc(pid) : fromPs(pid)),
}

async function fromProc(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const [stat, command] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ])
    // The name in brackets may hold anything; behind it come the state and the parent.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    return { parent, command: command.replaceAll('\0', ' ') }
  } catch (error) {
    if (isGone(error)) return undefined
    throw error
  }
}

const isGone = (error: unknown) =>
  ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')

/** Where `ps` is not, as on Windows, nobody says, and nothing is watched. */
async function fromPs(pid: number): Promise<ProcessFacts | undefined> {
  const said = await run('ps', ['-o', 'ppid=,command=', '-p', String(pid)]).catch(() => undefined)
  const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(said?.stdout ?? '') ?? []
  return parent && command ? { parent: Number(parent), command } : undefined
}
