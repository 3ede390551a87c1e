/** Where the compiled client goes with a seat. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { compiler } from './build-swarm.ts'
import { Swarm } from './swarm.ts'

const hasGcc = spawnSync(compiler, ['--version']).status === 0

/** Where it listens from now on. */
async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

test.runIf(hasGcc)(
  '[LOD-22] behind a front a seat leads to the path of its process, not to whichever answers',
  async () => {
    const upgrades: (string | undefined)[] = []
    const front = createServer((request, response) => {
      const { port } = front.address() as AddressInfo
      const publicAddress = `127.0.0.1:${port}/p/4701`
      const seat = { sessionId: 's1', processId: 'proc', roomId: 'room', publicAddress }
      request.resume().on('end', () => response.end(JSON.stringify(seat)))
    })
    front.on('upgrade', (request, socket) => {
      upgrades.push(request.url)
      // The client resets what it has no use for.
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n')
    })
    const address = await listening(front)
    const swarm = await Swarm.start({ address, seat: '/seat' })
    try {
      await swarm.open(1)
      expect(upgrades).toEqual(['/p/4701/proc/room?sessionId=s1'])
    } finally {
      await swarm.stop()
      front.close()
    }
  },
)

test.runIf(hasGcc)(
  '[LOD-29] what was asked on a connection that rested and was just closed is asked again',
  async () => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        asked.push(request.url ?? '')
        if (asked.length === 2) request.socket.destroy()
        else response.writeHead(asked.length === 1 ? 201 : 403).end('{"accessToken":"t"}')
      })
    })
    const address = await listening(server)
    const swarm = await Swarm.start({ address, guest: '/guest', seat: '/seat', lanes: 1 })
    try {
      await swarm.sign(1)
      await sleep(1_200)
      expect(await swarm.open(1)).toMatchObject({
        failed: 1,
        ends: { 'seat 403 no code': 1 },
        askedAgain: 1,
      })
      expect(asked).toEqual(['/guest', '/seat', '/seat'])
    } finally {
      await swarm.stop()
      server.close()
    }
  },
)

test.runIf(hasGcc)(
  '[LOD-30] a socket that asks for its seat itself shows its token and goes where it is led',
  async () => {
    const upgrades: (string | undefined)[][] = []
    const tell = (json: object) => {
      const text = JSON.stringify(json)
      return Buffer.concat([Buffer.from([0x81, 126, 0, text.length]), Buffer.from(text)])
    }
    const moved = Buffer.from([0x88, 2, 4421 >> 8, 4421 & 255])
    const front = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(201).end('{"accessToken":"t"}'))
    })
    front.on('upgrade', (request, socket) => {
      const { url, headers } = request
      upgrades.push([url, headers.authorization, headers['sec-websocket-protocol']])
      socket.on('error', () => undefined)
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n')
      const { port } = front.address() as AddressInfo
      const publicAddress = `127.0.0.1:${port}/p/4701`
      const seat = { name: 'live', roomId: 'room', processId: 'proc', sessionId: 's1' }
      if (url === '/socket' && upgrades.length === 1) {
        socket.write(Buffer.concat([tell({ seat: { ...seat, publicAddress } }), moved]))
      } else socket.write(tell({ error: { code: 'busy', message: 'No.' }, status: 503 }))
    })
    const address = await listening(front)
    const swarm = await Swarm.start({ address, guest: '/guest', socket: '/socket' })
    try {
      await swarm.sign(2)
      const joining = swarm.open(2)
      await vi.waitFor(() => expect(upgrades).toHaveLength(3))
      expect(upgrades[0]).toEqual(['/socket', 'Bearer t', 'odeon'])
      expect(upgrades.slice(1)).toContainEqual([
        '/p/4701/proc/room?sessionId=s1',
        undefined,
        undefined,
      ])
      await swarm.stop()
      await joining.catch(() => undefined)
    } finally {
      front.close()
      front.closeAllConnections()
    }
  },
)

test.runIf(hasGcc)(
  '[LOD-31] whose token has run out gets another with what it was given for that, and comes in',
  async () => {
    const asked: string[] = []
    const front = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (part: string) => (body += part))
      request.on('end', () => {
        asked.push(`${request.url} ${body}`)
        const isFirst = request.url === '/v1/auth/guest'
        const tokens = { accessToken: isFirst ? 'old' : 'new', refreshToken: 'more' }
        response.writeHead(isFirst ? 201 : 200).end(JSON.stringify(tokens))
      })
    })
    front.on('upgrade', (request, socket) => {
      asked.push(`${request.url} ${request.headers.authorization}`)
      socket.on('error', () => undefined)
      const text = JSON.stringify({
        error: { code: asked.length === 2 ? 'unauthenticated' : 'banned', message: 'No.' },
        status: asked.length === 2 ? 401 : 403,
      })
      const head = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n'
      socket.write(Buffer.concat([Buffer.from(head), Buffer.from([0x81, text.length])]))
      socket.write(text)
    })
    const address = await listening(front)
    const guest = '/v1/auth/guest'
    const swarm = await Swarm.start({ address, guest, socket: '/socket' })
    try {
      const mark = await swarm.open(1)
      expect(asked).toEqual([
        '/v1/auth/guest {}',
        '/socket Bearer old',
        '/v1/auth/refresh {"refreshToken":"more"}',
        '/socket Bearer new',
      ])
      expect(mark).toMatchObject({ failed: 1 })
      expect(Object.keys(mark.ends).join()).toMatch(/^seat 403 banned/)
    } finally {
      await swarm.stop()
      front.close()
      front.closeAllConnections()
    }
  },
)
