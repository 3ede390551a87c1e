/**
 * The one address in front of a house of several processes, for tests: each request goes to a
 * process that answers, as a balancer would send it, and so does a socket that asks for its seat.
 * Sockets that have one go to the process it names.
 */
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** `targets` are asked in turn; one that cannot be reached is passed over. */
export async function balancedFront(targets: () => readonly string[]): Promise<string> {
  let turn = 0
  const inTurn = () => {
    const [from, urls] = [(turn += 1), targets()]
    return urls.map((_, at) => urls[(from + at) % urls.length] as string)
  }
  const sockets = new Set<Socket>()
  const server = createServer((incoming, outgoing) => {
    const body: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => body.push(chunk))
    incoming.on('end', () => {
      pass(incoming, Buffer.concat(body), outgoing, inTurn())
    })
  })
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    passSocket(incoming, socket, head, inTurn())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function pass(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
  [target, ...others]: string[],
): void {
  if (target === undefined) return void outgoing.writeHead(502).end()
  const next = () => {
    if (outgoing.headersSent) outgoing.destroy()
    else pass({ method, url, headers } as IncomingMessage, body, outgoing, others)
  }
  const outward = ask(target + (url ?? '/'), { method, headers, timeout: 5_000 }, (answer) => {
    // A process that ends says so; another one does not.
    if (answer.statusCode === 503 && others.length > 0) {
      answer.resume()
      return next()
    }
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  outward.on('timeout', () => outward.destroy(new Error('no answer')))
  outward.on('error', next)
  outward.end(body)
}

/** The handshake as it came, and from then on both sides' bytes. */
function passSocket(
  incoming: IncomingMessage,
  socket: Socket,
  head: Buffer,
  [target, ...others]: string[],
): void {
  if (target === undefined) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  const { hostname, port } = new URL(target)
  const outward = connect(Number(port), hostname)
  let isThere = false
  outward.on('connect', () => {
    isThere = true
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`]
    for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
      lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`)
    }
    outward.write(`${lines.join('\r\n')}\r\n\r\n`)
    outward.write(head)
    socket.pipe(outward).pipe(socket)
  })
  outward.on('error', () => {
    if (isThere) socket.destroy()
    else passSocket(incoming, socket, head, others)
  })
  socket.on('error', () => outward.destroy())
  socket.on('close', () => outward.destroy())
}
