/**
 * One running PostgreSQL server as a child that ends when we do and is started again if it dies.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@odeon/rooms/ports'
import { bareEnvironment, clusterPath } from './cluster.ts'
import type { RunAs } from './run-as.ts'

const limits = { startAttempts: 5, stopMs: 20_000, restartAfterMs: 250, restartAfterMsMax: 5_000 }

/**
 * The shell waits for PostgreSQL and, beside it, for the end of its own input, which is our end:
 * a killed Odeon leaves no server behind. `$!` is PostgreSQL; SIGINT is its fast shutdown.
 */
const lifeline = `exec 3<&0
"$@" 3<&- </dev/null & server=$!
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) &
exec 3<&-
wait $server`

export interface PostmasterOptions {
  cluster: string
  postgres: string
  runAs: RunAs
  fsync: boolean
  log: Logger
}

export class Postmaster {
  readonly #options: PostmasterOptions
  #child: ChildProcess | undefined
  #lastWords: string[] = []
  #stopping = false
  #revival: Promise<void> | undefined
  port = 0

  constructor(options: PostmasterOptions) {
    this.#options = options
  }

  /** Resolves when the server takes connections, recovery included. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      this.port = await freePort()
      if (await this.#launch()) return
      const why = this.#lastWords.join('\n')
      const passing = /could not bind|pre-existing shared memory block/.test(why)
      if (!passing || attempt === limits.startAttempts) {
        throw new Error(`PostgreSQL did not start:\n${why}`)
      }
      await delay(attempt * 200)
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#revival
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.stdin?.end()
    const late = setTimeout(() => {
      this.#options.log.warn({}, 'PostgreSQL is slow to stop; ending it at once')
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGQUIT')
    }, limits.stopMs)
    await gone
    clearTimeout(late)
  }

  /** True when the server is ready, false when it ended before it was. */
  #launch(): Promise<boolean> {
    const { cluster, postgres, runAs } = this.#options
    const child = spawn(
      '/bin/sh',
      ['-c', lifeline, 'postgres', postgres, ...this.#settings(clusterPath(cluster, runAs))],
      // Its own process group, or Ctrl-C would stop the database before us.
      {
        ...runAs,
        cwd: cluster,
        env: bareEnvironment,
        detached: true,
        stdio: ['pipe', 'ignore', 'pipe'],
      },
    )
    this.#child = child
    this.#lastWords = []
    child.stdin.on('error', () => child.stdin.destroy())
    return new Promise((resolve, reject) => {
      let ready = false
      child.on('error', reject)
      createInterface({ input: child.stderr }).on('line', (line) => {
        this.#hear(line)
        if (!line.includes('database system is ready to accept connections')) return
        ready = true
        resolve(true)
      })
      child.on('close', () => {
        child.stdin.destroy()
        resolve(false)
        if (ready && !this.#stopping) this.#revival = this.#revive()
      })
    })
  }

  #settings(path: string): string[] {
    const settings: Record<string, string | number> = {
      listen_addresses: '127.0.0.1',
      port: this.port,
      unix_socket_directories: '',
      max_connections: 200,
      // Statements and the values in error details may be private.
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
      log_line_prefix: '',
      jit: 'off',
      ...(this.#options.fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
    }
    return [
      '-D',
      path,
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ]
  }

  #hear(line: string): void {
    this.#lastWords = [...this.#lastWords.slice(-9), line]
    // A fast shutdown complains about each connection it ends, and that is what was asked for.
    const serious = /^(WARNING|ERROR|FATAL|PANIC):/.test(line) && !this.#stopping
    this.#options.log[serious ? 'warn' : 'debug']({ postgres: line }, 'PostgreSQL says')
  }

  /** Brings the server back on the same port, so that everybody's URL stays right. */
  async #revive(): Promise<void> {
    const { log } = this.#options
    for (
      let wait = limits.restartAfterMs;
      !this.#stopping;
      wait = Math.min(wait * 2, limits.restartAfterMsMax)
    ) {
      log.error({ lastWords: this.#lastWords }, 'PostgreSQL ended by itself; starting it again')
      await delay(wait)
      if (this.#stopping) return
      if (await this.#launch().catch(() => false)) {
        log.info({ port: this.port }, 'PostgreSQL is back')
        return
      }
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
