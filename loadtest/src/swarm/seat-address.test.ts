/** Where the compiled client goes with a seat. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { compiler } from './build-swarm.ts'
import { Swarm } from './swarm.ts'

const hasGcc = spawnSync(compiler, ['--version']).status === 0

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
    front.listen(0, '127.0.0.1')
    await once(front, 'listening')
    const { port } = front.address() as AddressInfo
    const swarm = await Swarm.start({ address: `127.0.0.1:${port}`, seat: '/seat' })
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
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const address = `127.0.0.1:${port}`
    const swarm = await Swarm.start({ address, guest: '/guest', seat: '/seat', lanes: 1 })
    try {
      await swarm.sign(1)
      await sleep(1_200)
      expect(await swarm.open(1)).toMatchObject({ failed: 1, ends: { 'seat 403 no code': 1 } })
      expect(asked).toEqual(['/guest', '/seat', '/seat'])
    } finally {
      await swarm.stop()
      server.close()
    }
  },
)
