import { requestFromIPC } from '@colyseus/core'
import { expect, onTestFinished, test } from 'vitest'
import { openRedis } from '../platform/redis.ts'
import { SharedPresence } from '../platform/shared/shared-presence.ts'
import { openStream, register, sit } from '../platform/testing/people-in-house.ts'
import { demandRedis, hasRedis } from '../platform/testing/private-redis.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { type HouseProcess, startHouse } from '../platform/testing/several-processes.ts'
import { testDatabaseUrl } from '../platform/testing/test-database.ts'

demandRedis()

test.runIf(hasRedis)(
  '[REL-31] a process that was asked for a seat in vain keeps none once it goes on',
  { timeout: 90_000 },
  async () => {
    const databaseUrl = await testDatabaseUrl()
    const settings = { RELAY_FROM_VIEWERS: '0' }
    const { processes, redis } = await startHouse({ databaseUrl, processes: 2, settings })
    const [one, two] = processes as [HouseProcess, HouseProcess]
    const [ada, bob, cia] = await Promise.all([
      register(one, 'ada'),
      register(one, 'bob'),
      register(one, 'cia'),
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
  },
)
