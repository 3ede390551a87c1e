import { expect, test, vi } from 'vitest'
import { freePort } from '../platform/testing/free-port.ts'
import { openStream, register, say, sit, walkIn } from '../platform/testing/people-in-house.ts'
import { demandNginx, hasNginx, privateNginx } from '../platform/testing/private-nginx.ts'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import { callsTo, type HouseProcess, startHouse } from '../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'

demandRedis()
demandNginx()

async function houseBehindNginx() {
  const port = await freePort()
  const { processes } = await startHouse({
    databaseUrl: await testDatabaseUrl(),
    processes: 2,
    settings: { PUBLIC_ADDRESS: `127.0.0.1:${port}/p/{port}`, TRUSTED_PROXIES: '127.0.0.1' },
  })
  const [one, two] = processes as [HouseProcess, HouseProcess]
  const ports = [one, two].map(({ address }) => Number(address.split(':')[1]))
  const { url, said } = await privateNginx(port, ports as [number, number])
  return { one, two, ports, front: { url, said, ...callsTo(url) } }
}

test.runIf(hasRedis && hasNginx)(
  '[CLU-11] behind nginx requests go to any process and sockets to the one that runs their room',
  { timeout: 90_000 },
  async () => {
    const { one, ports, front } = await houseBehindNginx()
    const people = await Promise.all(['ada', 'bob', 'cia', 'dan'].map((n) => register(front, n)))
    const owners = new Set<string>()
    // Which process a request comes to is chance: more rooms until each has one.
    for (let n = 0; n < 4 || (owners.size < 2 && n < 24); n += 1) {
      const host = people[n] ?? (await register(front, `host${n}`))
      const streamId = await openStream(front, host)
      const sat = await Promise.all(people.map((person) => sit(front, streamId, person)))
      const addresses = new Set(sat.map(({ seat }) => seat.publicAddress ?? ''))
      expect(addresses.size).toBe(1)
      for (const address of addresses) owners.add(address)
      await say(sat[0]!.room, 'one room')
      for (const { heard } of sat) await vi.waitFor(() => expect(heard).toContain('one room'))
    }
    const walker = people[0]!
    const walked = walkIn(front, await openStream(front, walker), walker)
    // The room is opened by whoever is asked, so that the host is in at once.
    expect(ports.map(String)).toContain((await walked.told).publicAddress?.split('/').at(-1))
    expect(walked.socket.readyState).toBe(WebSocket.OPEN)
    const host = front.url.replace('http://', '')
    const expected = ports.map((port) => `${host}/p/${port}`)
    expect(expected).toEqual(expect.arrayContaining([...owners]))
    expect(owners.size, 'both processes have rooms').toBe(2)
    expect((await front.ask('/p/22/health')).status, 'nowhere else').toBe(502)
    expect((await front.ask(`/p/${ports[0]}/health`)).status).toBe(200)
    const inner = ['/metrics', '/METRICS/', '//metrics', '/%6detrics', '/v1/../metrics']
    for (const path of inner.flatMap((one) => [one, `/p/${ports[0]}${one}`])) {
      const reply = await front.ask(path)
      expect(await reply.text(), path).not.toContain('odeon_')
    }
    expect(await (await one.ask('/metrics')).text()).toContain('odeon_')
  },
)

test.runIf(hasRedis && hasNginx)(
  '[CLU-17] nginx writes no token of a returning client down, also when its process is dead',
  { timeout: 90_000 },
  async () => {
    const { one, ports, front } = await houseBehindNginx()
    const path = `/p/${ports[0]}/away/room?sessionId=s&reconnectionToken=planted`
    const lost = new WebSocket(`${front.url.replace('http', 'ws')}${path}`)
    const closed = new Promise((resolve) => lost.addEventListener('close', resolve))
    one.kill('SIGKILL')
    await Promise.all([one.ended, closed])
    expect((await front.ask(path)).status).toBe(502)
    expect((await front.ask(path.replace(String(ports[0]), '22'))).status).toBe(502)
    expect(front.said()).not.toContain('planted')
  },
)

test.runIf(hasRedis && hasNginx)(
  '[CLU-12] a process that is told to stop answers what it took, and nobody in front notices',
  { timeout: 90_000 },
  async () => {
    const { one, front } = await houseBehindNginx()
    const ada = await register(front, 'ada')
    await sit(one, await openStream(one, ada), ada)
    const over = new AbortController()
    const statuses: number[] = []
    const askOn = async () => {
      while (!over.signal.aborted) statuses.push((await front.ask('/v1/streams')).status)
    }
    const asking = Promise.all([askOn(), askOn(), askOn(), askOn()])
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(50), 10_000)
    const from = performance.now()
    one.kill('SIGTERM')
    const wasUnready = vi.waitFor(async () => {
      const status = await one.ask('/ready').then(
        (reply) => reply.status,
        () => 'gone',
      )
      expect([503, 'gone']).toContain(status)
    }, 2_000)
    expect(await one.ended).toBe(0)
    expect(performance.now() - from).toBeLessThan(20_000)
    await wasUnready
    const seen = statuses.length
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(seen + 50), 10_000)
    over.abort()
    await asking
    expect(new Set(statuses)).toEqual(new Set([200]))
  },
)
