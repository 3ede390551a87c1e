/** A writer that is away from its journal takes nothing and acknowledges nothing. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { FlakyJournal } from '../../testing/flaky-journal.ts'
import { countingWorld, memoryPorts } from '../../testing/memory-ports.ts'
import { type RoomServer, startRoomServer } from '../../testing/room-server.ts'
import { kitLimits } from '../protocol.ts'
import { Contact } from './contact.ts'

describe('what was done and not acknowledged', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('[JRN-40] is said at once, or when the journal was reached again, in order', () => {
    const contact = new Contact()
    const said: string[] = []
    contact.whenOurs(() => said.push('one'))
    contact.failed()
    expect(contact.isCutOff).toBe(false)
    const before = performance.now()
    vi.advanceTimersByTime(kitLimits.writerCutOffMs)
    expect(contact.isCutOff).toBe(true)
    for (const what of ['two', 'three']) contact.whenOurs(() => said.push(what))
    // An answer that comes late tells of then.
    contact.reached(before)
    expect(said).toEqual(['one'])
    contact.reached(performance.now())
    expect(said).toEqual(['one', 'two', 'three'])
    expect(contact.isCutOff).toBe(false)
  })

  test('[JRN-40] a writer that only slept is asked nothing less before its journal fails', () => {
    const contact = new Contact()
    vi.advanceTimersByTime(kitLimits.writerCutOffMs)
    expect(contact.isCutOff).toBe(false)
    contact.failed()
    expect(contact.isCutOff).toBe(true)
  })
})

describe('a room whose writer is cut off', () => {
  const journal = new FlakyJournal()
  let server: RoomServer
  beforeAll(async () => {
    server = await startRoomServer({}, memoryPorts(countingWorld(), journal))
  })
  afterAll(() => server.stop())

  let asked = 0
  const saying = (text: string) => ({ requestId: `say-${(asked += 1)}-0001`, text })
  const busy = { reason: { code: 'busy' } }

  test('[JRN-40] it refuses `busy` until it is back, or learns that another has the room', async () => {
    await server.openStream('off', 'host')
    const host = await server.join('off', 'user:host')
    await host.room.request('stream.start', { requestId: 'start-0040' })
    const say = (text: string) => host.room.request('chat.send', saying(text))
    const isCutOff = () =>
      vi.waitFor(async () => await expect(say('alone')).rejects.toMatchObject(busy), 5_000)
    journal.mood = 'deaf'
    await isCutOff()
    // What is only read is read.
    expect(await host.room.request('crew.read', {})).toMatchObject({ held: [] })
    journal.mood = 'well'
    await vi.waitFor(() => say('back'), 5_000)
    journal.mood = 'deaf'
    await isCutOff()
    await journal.claim('live_off', host.welcome.epoch + 1)
    journal.mood = 'well'
    expect((await host.closed).code).toBe(4421)
  })
})
