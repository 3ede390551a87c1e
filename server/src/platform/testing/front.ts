/**
 * The one address in front of a house of several processes, for tests: each request goes to a
 * process that answers, as a balancer would send it. Sockets go to the process their seat names.
 */
import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** `targets` are asked in turn; one that cannot be reached is passed over. */
export async function balancedFront(targets: () => readonly string[]): Promise<string> {
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const body: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => body.push(chunk))
    incoming.on('end', () => {
      const [from, urls] = [(turn += 1), targets()]
      const order = urls.map((_, at) => urls[(from + at) % urls.length] as string)
      pass(incoming, Buffer.concat(body), outgoing, order)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
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
