/** Ports of a LiveKit that comes along: the usual ones, or others when those are taken. */
import { createSocket } from 'node:dgram'
import { createServer, type AddressInfo } from 'node:net'
import type { LiveKitPorts } from './own-server.ts'

const usual: LiveKitPorts = { http: 7880, tcp: 7881, udp: 7882 }

export async function freePorts(
  host: string,
  from: 'usual' | 'any' = 'usual',
): Promise<LiveKitPorts> {
  const wish = from === 'usual' ? usual : { http: 0, tcp: 0, udp: 0 }
  const http = await free(tcpPort, host, wish.http)
  const tcp = await free(tcpPort, host, wish.tcp)
  const udp = await free(udpPort, host, wish.udp)
  return { http, tcp, udp }
}

type Probe = (host: string, port: number) => Promise<number>

const free = (probe: Probe, host: string, port: number): Promise<number> =>
  probe(host, port).catch(() => probe(host, 0))

const tcpPort: Probe = (host, port) =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject).listen({ host, port }, () => {
      const taken = (server.address() as AddressInfo).port
      server.close(() => resolve(taken))
    })
  })

const udpPort: Probe = (host, port) =>
  new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', reject).bind({ address: host, port }, () => {
      const taken = socket.address().port
      socket.close(() => resolve(taken))
    })
  })
