/**
 * One address in front of a house: each connection goes to a process that takes it, in turn, and
 * ends with it. On loopback only.
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Front {
  url: string
  close(): Promise<void>
}

/** `ports` are asked for each connection; one that nobody listens at is passed over. */
export async function openFront(ports: () => readonly number[]): Promise<Front> {
  let turn = 0
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    const all = ports()
    turn += 1
    pass(socket, [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)])
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function pass(socket: Socket, [port, ...others]: number[]): void {
  if (port === undefined) return void socket.destroy()
  const outward = connect(port, '127.0.0.1')
  const closed = () => outward.destroy()
  let isThere = false
  outward.once('connect', () => {
    isThere = true
    socket.pipe(outward).pipe(socket)
  })
  outward.once('error', () => {
    socket.off('close', closed)
    if (isThere || socket.destroyed) socket.destroy()
    else pass(socket, others)
  })
  outward.once('close', () => {
    if (isThere) socket.destroy()
  })
  socket.once('close', closed)
  socket.once('error', closed)
}
