/** A real Redis of its own for a test that stops, freezes or empties it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { freePort } from './free-port.ts'

const program = process.env.REDIS_SERVER_PATH ?? '/usr/bin/redis-server'
export const hasRedis = existsSync(program)

/** Says loudly that nothing was tested with Redis; where it must be had, that is a failure. */
export function demandRedis(): void {
  if (hasRedis) return
  const text = `No Redis at ${program}: several processes were NOT tested.`
  if (process.env.CI) throw new Error(`${text} Install it or set REDIS_SERVER_PATH.`)
  process.stderr.write(`\n  ${text} Install it, or set REDIS_SERVER_PATH.\n\n`)
}

export interface PrivateRedis {
  url: string
  /** Ends it at once, with all it holds. Resolves when it is gone. */
  stop(): Promise<void>
  /** Again, on the same port, empty. Resolves when it takes connections. */
  start(): Promise<void>
  /** Stops it as if the machine hung, until thawed; connections stay open. */
  freeze(): void
  thaw(): void
}

/** It keeps nothing on disk and ends with the test, or as `finished` says. */
export async function privateRedis(
  finished: (end: () => Promise<void>) => void = onTestFinished,
): Promise<PrivateRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-redis-'))
  const port = await freePort()
  let child: ReturnType<typeof launch> | undefined

  const start = async () => {
    if (child) throw new Error('this Redis runs already')
    child = launch(folder, port)
    await isOpen(child)
  }
  const stop = async () => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    ending.kill('SIGKILL')
    await once(ending, 'close')
  }
  const signal = (name: NodeJS.Signals) => {
    if (!child?.kill(name)) throw new Error('no Redis runs here')
  }
  finished(async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  })
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
  }
}

function launch(dir: string, port: number) {
  const settings = { port, dir, bind: '127.0.0.1', save: '', appendonly: 'no', loglevel: 'notice' }
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  return spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function isOpen(child: ReturnType<typeof launch>): Promise<void> {
  let said = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Ready to accept connections')) {
      child.stdout.resume()
      return
    }
    said += `${line}\n`
  }
  throw new Error(`Redis did not start:\n${said}`)
}
