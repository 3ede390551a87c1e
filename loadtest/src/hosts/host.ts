/** A server under load, seen from the benchmark: started on its own core, told what to say. */
import { join } from 'node:path'
import { LineProcess } from '../line-process.ts'
import { cores, pin } from '../machine.ts'
import type { Dialect } from '../swarm/swarm.ts'
import { bunProgram } from './install-peers.ts'
import type { Facts, Order, Ready } from './protocol.ts'

export type HostName = 'odeon' | 'live' | 'stock' | 'socketio' | 'socketio-redis' | 'bun' | 'ws'

interface Kind {
  title: string
  file: string
  dialect: Dialect
  upgrade?: string
}

const loadtest = join(import.meta.dirname, '../..')

export const hostKinds: Record<HostName, Kind> = {
  odeon: { title: 'Odeon', file: 'src/odeon/host.ts', dialect: 'colyseus' },
  live: { title: 'A live room', file: 'src/odeon/live-host.ts', dialect: 'colyseus' },
  stock: { title: 'Colyseus `broadcast`', file: 'src/stock/host.ts', dialect: 'colyseus' },
  socketio: {
    title: 'Socket.IO `emit`',
    file: 'peers/socket-io.js',
    dialect: 'socketio',
    upgrade: '/socket.io/?EIO=4&transport=websocket',
  },
  ws: { title: '`ws`', file: 'src/per-socket/host.ts', dialect: 'raw', upgrade: '/' },
  'socketio-redis': {
    title: 'Socket.IO with Redis adapter',
    file: 'peers/socket-io-redis.js',
    dialect: 'socketio',
    upgrade: '/socket.io/?EIO=4&transport=websocket',
  },
  bun: { title: 'Bun `publish`', file: 'peers/bun-publish.js', dialect: 'raw', upgrade: '/' },
}

export class Host {
  readonly name: HostName
  readonly ready: Ready
  readonly process: LineProcess
  #asked = 0

  /** On a core of its own, as benchmarks need it. */
  static async startAlone(name: HostName, env: NodeJS.ProcessEnv = {}): Promise<Host> {
    const host = await Host.start(name, env)
    await pin(host.pid, cores.server)
    return host
  }

  static async start(name: HostName, env: NodeJS.ProcessEnv = {}): Promise<Host> {
    const file = join(loadtest, hostKinds[name].file)
    const child =
      name === 'bun'
        ? new LineProcess(name, bunProgram(), [file], env)
        : new LineProcess(
            name,
            process.execPath,
            ['--expose-gc', '--conditions=development', file],
            env,
          )
    const ready = await child.hear((fact) => 'port' in fact, 20_000)
    return new Host(name, child, ready as unknown as Ready)
  }

  private constructor(name: HostName, child: LineProcess, ready: Ready) {
    this.name = name
    this.process = child
    this.ready = ready
  }

  get pid(): number {
    return this.process.pid
  }

  async ask(order: Order, withinMs = 60_000): Promise<Facts> {
    this.#asked += 1
    const id = this.#asked
    this.process.tell(JSON.stringify({ ...order, id }))
    // A saturated server looks at its stdin between two ticks only.
    return (await this.process.hear((fact) => fact['re'] === id, withinMs)) as unknown as Facts
  }

  stop(): Promise<void> {
    return this.process.stop()
  }
}
