import { LocalPresence } from '@colyseus/core'
import { lobbyLimits, type RankedCard } from '@odeon/rooms'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { someCard } from '../../../rooms/src/testing/memory-directory.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { presenceDirectory } from './directory.ts'

const { heartbeatMs, unlistedAfterMs } = lobbyLimits

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Two processes on one presence, each with its own directory and clock. */
function twoProcesses() {
  const presence = new LocalPresence()
  let ids = 0
  const open = () => {
    const directory = presenceDirectory({
      presence,
      now: Date.now,
      newId: () => `process-${(ids += 1)}`,
      log: quietLog,
    })
    const told: [string, RankedCard | null][] = []
    directory.subscribe((streamId, card) => told.push([streamId, card]))
    return { directory, told, close: directory.open() }
  }
  return { presence, one: open(), other: open() }
}
const names = (directory: { cards(): RankedCard[] }) =>
  directory.cards().map(({ streamId }) => streamId)

test('[LOB-01] every process learns of a start, a change and an end at once', async () => {
  const { one, other } = twoProcesses()
  one.directory.publish(someCard('a'))
  await vi.advanceTimersByTimeAsync(0)
  expect(other.told).toEqual([['a', { ...someCard('a'), rank: 1 }]])
  expect(one.told).toEqual(other.told)
  one.directory.publish(someCard('a', { viewers: 5 }))
  await vi.advanceTimersByTimeAsync(0)
  expect(other.told.at(-1)?.[1]).toMatchObject({ viewers: 5, rank: 5 })
  one.directory.withdraw('a')
  await vi.advanceTimersByTimeAsync(0)
  expect(other.told.at(-1)).toEqual(['a', null])
  expect([names(one.directory), names(other.directory)]).toEqual([[], []])
})

test('[LOB-02] [D9] a process that stalls is unlisted after 6 s and listed again by one heartbeat', async () => {
  const { one, other } = twoProcesses()
  const beat = () => one.directory.publish(someCard('a'))
  beat()
  for (let ms = 0; ms < 20_000; ms += heartbeatMs) {
    await vi.advanceTimersByTimeAsync(heartbeatMs)
    beat()
  }
  expect(names(other.directory)).toEqual(['a'])
  // It says nothing for 5 s: still listed. For longer than the limit: gone.
  await vi.advanceTimersByTimeAsync(5_000)
  expect(names(other.directory)).toEqual(['a'])
  await vi.advanceTimersByTimeAsync(unlistedAfterMs - 5_000 + 1_000)
  expect(names(other.directory)).toEqual([])
  expect(other.told.at(-1)).toEqual(['a', null])
  beat()
  await vi.advanceTimersByTimeAsync(0)
  expect(names(other.directory)).toEqual(['a'])
})

test('[LOB-02] [D9] who stalled itself does not take the others for silent', async () => {
  const { one, other } = twoProcesses()
  one.directory.publish(someCard('a'))
  await vi.advanceTimersByTimeAsync(1_000)
  // Ten seconds in which no timer of this process ran and no message was read.
  vi.setSystemTime(Date.now() + 10_000)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(names(other.directory)).toEqual(['a'])
  // Awake now, it waits the usual time and no longer.
  await vi.advanceTimersByTimeAsync(unlistedAfterMs)
  expect(names(other.directory)).toEqual([])
})

test('[LOB-03] who comes late knows all after one heartbeat, decayed rank included', async () => {
  const { presence, one } = twoProcesses()
  one.directory.publish(someCard('a', { viewers: 1_000 }))
  await vi.advanceTimersByTimeAsync(heartbeatMs)
  one.directory.publish(someCard('a', { viewers: 10 }))
  const late = presenceDirectory({
    presence,
    now: Date.now,
    newId: () => 'late',
    log: quietLog,
  })
  late.open()
  await vi.advanceTimersByTimeAsync(0)
  one.directory.publish(someCard('a', { viewers: 10 }))
  await vi.advanceTimersByTimeAsync(0)
  expect(late.cards()).toEqual(one.directory.cards())
  expect(late.cards()[0]?.rank).toBeGreaterThan(990)
})

test('[LOB-04] what is no card is passed over, and a presence that fails ends nothing', async () => {
  const warned = vi.fn<() => void>()
  const presence = new LocalPresence()
  const directory = presenceDirectory({
    presence: {
      subscribe: (...to) => presence.subscribe(...to),
      unsubscribe: (...to) => presence.unsubscribe(...to),
      publish: () => Promise.reject(new Error('no presence')),
    },
    now: Date.now,
    newId: () => 'one',
    log: { ...quietLog, warn: warned },
  })
  const close = directory.open()
  for (const nonsense of [null, 'text', { by: 'x' }, { by: 'x', card: { streamId: 'b' } }]) {
    presence.publish('odeon.directory', nonsense)
  }
  expect(warned).toHaveBeenCalledTimes(4)
  directory.publish(someCard('a'))
  await vi.advanceTimersByTimeAsync(0)
  expect(warned).toHaveBeenCalledTimes(5)
  expect(names(directory)).toEqual(['a'])
  await close()
  presence.publish('odeon.directory', { by: 'x', withdrawn: 'a' })
  expect(names(directory)).toEqual(['a'])
})
