import { once } from 'node:events'
import { connect } from 'node:net'
import { requestFromIPC } from '@colyseus/core'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openRedis } from '../platform/redis.ts'
import { SharedPresence } from '../platform/shared/shared-presence.ts'
import { openStream, register, sit } from '../platform/testing/people-in-house.ts'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { type HouseProcess, startHouse } from '../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'
import { handshake } from '../platform/testing/walking.ts'

demandRedis()

test.runIf(hasRedis)(
  '[REL-31] [RUN-70] a seat nobody waits for any more is kept in no process',
  { timeout: 90_000 },
  async () => {
    const databaseUrl = await testDatabaseUrl()
    const settings = { RELAY_FROM_VIEWERS: '0' }
    const { processes, redis } = await startHouse({ databaseUrl, processes: 2, settings })
    const [one, two] = processes as [HouseProcess, HouseProcess]
    const [ada, bob, cia, dan] = await Promise.all([
      register(one, 'ada'),
      register(one, 'bob'),
      register(one, 'cia'),
      register(one, 'dan'),
    ])
    const streamId = await openStream(one, ada)
    await sit(one, streamId, ada)
    const { seat } = await sit(one, streamId, bob)
    expect(seat.publicAddress).toBe(two.address)
    const link = await openRedis(redis.url, quietLog)
    onTestFinished(() => link.close())
    const presence = new SharedPresence(link.commands, quietLog)
    const reserved = (): Promise<object> =>
      requestFromIPC(presence, `$${seat.roomId}`, '_reservedSeats', undefined as never, 10_000)
    expect(await reserved()).toEqual({})
    two.freeze()
    const asked = { json: {}, token: cia.accessToken }
    // Busy; or seated by the host, when the silent one counts as dead by then.
    expect([200, 503]).toContain((await one.ask(`/v1/streams/${streamId}/seat`, asked)).status)
    // Heard behind whatever was asked of it meanwhile.
    const after = reserved()
    two.thaw()
    expect(await after).toEqual({})

    // Hangs up while it is asked for its seat there, which it is never told of.
    two.freeze()
    const { hostname, port } = new URL(one.url)
    const leaving = connect(Number(port), hostname)
    onTestFinished(() => void leaving.destroy())
    const lines = Object.entries({
      ...handshake,
      host: `${hostname}:${port}`,
      authorization: `Bearer ${dan.accessToken}`,
    }).map(([name, value]) => `${name}: ${value}`)
    leaving.end(`GET /v1/streams/${streamId}/socket HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    await once(leaving, 'finish')
    expect((await one.ask('/health')).status).toBe(200)
    two.thaw()
    await once(leaving.resume(), 'close')
    await vi.waitFor(async () => expect(await reserved()).toEqual({}), 5_000)
  },
)
