/** A Redis of its own on loopback that keeps nothing on disk, and what it holds. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { createInterface } from 'node:readline'

const program = process.env['REDIS_SERVER_PATH'] ?? '/usr/bin/redis-server'

export interface RedisCounters {
  /** Since it began: commands it took, and replies and publications it wrote. */
  commands: number
  writes: number
  bytesOut: number
}

export interface PrivateRedis {
  url: string
  pid: number
  counters(): Promise<RedisCounters>
  /** Every key there is, with whether it ends by itself. */
  keys(): Promise<Map<string, { isPassing: boolean }>>
  /** Ends it at once with all it holds, and starts it again on its port, empty. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export async function privateRedis(port: number): Promise<PrivateRedis> {
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', loglevel: 'notice' }
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  let running = await launch(words)
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    running.child.kill(signal)
    await running.ended
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return running.child.pid ?? 0
    },
    kill: () => end('SIGKILL'),
    async start() {
      running = await launch(words)
    },
    async counters() {
      const facts = new Map((await ask(port, ['info stats'])).map(pairOf))
      const of = (name: string) => Number(facts.get(name) ?? Number.NaN)
      return {
        commands: of('total_commands_processed'),
        writes: of('total_writes_processed'),
        bytesOut: of('total_net_output_bytes'),
      }
    },
    async keys() {
      const names = await ask(port, ['keys *'])
      const ends = await ask(
        port,
        names.map((name) => `pttl ${name}`),
      )
      return new Map(names.map((name, at) => [name, { isPassing: Number(ends[at]) >= 0 }]))
    },
    stop: () => end('SIGTERM'),
  }
}

/** Resolves when it takes connections. */
async function launch(words: string[]) {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Ready to accept connections')) break
  }
  child.stdout.resume()
  return { child, ended }
}

function pairOf(line: string): [name: string, value: string] {
  const [name = '', value = ''] = line.trim().split(':')
  return [name, value]
}

/** Sends commands, one a line, and returns all strings and numbers of their answers. */
async function ask(port: number, commands: string[]): Promise<string[]> {
  if (commands.length === 0) return []
  const socket = createConnection(port, '127.0.0.1')
  socket.write(`${[...commands, 'quit'].join('\r\n')}\r\n`)
  const values: string[] = []
  for await (const line of createInterface({ input: socket })) {
    // Lengths stand in lines of their own; no key of ours begins like one.
    if (line.startsWith(':')) values.push(line.slice(1))
    else if (line.startsWith('-')) throw new Error(`Redis says ${line}`)
    else if (!/^[*$+]/.test(line)) values.push(line)
  }
  return values
}
