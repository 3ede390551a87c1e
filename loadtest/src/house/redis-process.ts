/** A Redis for one side of a benchmark: empty, on loopback, keeping nothing on disk. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const program = process.env['REDIS_SERVER_PATH'] ?? '/usr/bin/redis-server'

export interface RedisProcess {
  url: string
  pid: number
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

export async function startRedis(): Promise<RedisProcess> {
  const dir = await mkdtemp(join(tmpdir(), 'odeon-bench-redis-'))
  const port = await freePort()
  const settings = { port, dir, bind: '127.0.0.1', save: '', appendonly: 'no' }
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'close').catch((error: unknown) => error)
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(dir, { recursive: true, force: true })
  }
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('Ready to accept connections')) continue
    child.stdout.resume()
    return { url: `redis://127.0.0.1:${port}`, pid: child.pid as number, stop }
  }
  await stop()
  throw new Error(`No Redis starts from ${program}; install it or set REDIS_SERVER_PATH.`)
}
