/** Ports of a LiveKit that comes along: the usual ones, or others when those are taken. */
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import type { LiveKitPorts } from './own-server.ts'

const usual: LiveKitPorts = { http: 7880, tcp: 7881, udp: 7882, metrics: 6789 }
/** Below those that systems give to connections that go out, so that none takes it meanwhile. */
const others = { from: 20_000, to: 32_000 }
const triesMax = 20

/** Rejects when nothing is free, which no machine comes to. */
export async function freePorts(
  host: string,
  from: 'usual' | 'any' = 'usual',
): Promise<LiveKitPorts> {
  const wish: Partial<LiveKitPorts> = from === 'usual' ? usual : {}
  return {
    http: await free(tcpPort, host, wish.http),
    tcp: await free(tcpPort, host, wish.tcp),
    udp: await free(udpPort, host, wish.udp),
    metrics: await free(tcpPort, host, wish.metrics),
  }
}

type Probe = (host: string, port: number) => Promise<void>

async function free(probe: Probe, host: string, wished?: number): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = tries === 1 && wished ? wished : randomInt(others.from, others.to)
    try {
      await probe(host, port)
      return port
    } catch (error) {
      if (tries === triesMax) throw error
    }
  }
}

const tcpPort: Probe = (host, port) =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen({ host, port }, () => server.close(() => resolve()))
  })

const udpPort: Probe = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', reject).bind({ address: host, port }, () => socket.close(() => resolve()))
  })
