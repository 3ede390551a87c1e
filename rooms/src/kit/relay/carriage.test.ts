/** A relay looks for another writer as soon as its own has said that it ends. */
import { expect, test, vi } from 'vitest'
import { memoryPorts } from '../../testing/memory-ports.ts'
import { MemoryJournal } from '../journal/memory-journal.ts'
import { type Hidden, packRecord } from '../journal/record.ts'
import { kitLimits } from '../protocol.ts'
import { messageFrame } from '../wire.ts'
import { Carriage } from './carriage.ts'

test('[REL-07] a writer that has ended is looked for again at each beat, though it is listed still', async () => {
  let now = 0
  const succeed = vi.fn(async () => {})
  const journal = new MemoryJournal()
  const world = { now: () => now, newId: () => 'id', random: () => 0.5 }
  const ports = { ...memoryPorts(world), journal, kinds: {}, succeed }
  const append = (epoch: number, n: number, hidden?: Hidden) => {
    const chunk = messageFrame('state', {})
    const none = { head: 0, entries: 0, patchBytes: 0, chunk: Buffer.alloc(0), at: 0 }
    const record = packRecord({ ...none, epoch, n, full: chunk, hidden })
    return journal.append('w', { epoch, n }, record, { epoch: 0, n: 0 })
  }
  await append(1, 1)
  const of = { kind: 'live', writerId: 'w', openWith: {}, processId: 'p' }
  const carriage = new Carriage(ports, of, {
    kind: 'relay',
    sparing: undefined,
    welcomeMore: () => undefined,
    failed: (error) => expect.unreachable(String(error)),
    write: () => {},
    setRole: () => {},
    dismiss: () => {},
    rejoin: () => {},
    present: () => [],
  })
  await carriage.open()
  now = 1_000
  carriage.beat()
  expect(succeed).not.toHaveBeenCalled()
  await append(1, 2, { isLast: true })
  await vi.waitFor(() => expect(succeed).toHaveBeenCalledOnce())
  now += kitLimits.successionEveryMs
  carriage.beat()
  expect(succeed).toHaveBeenCalledTimes(2)
  await append(2, 3)
  await vi.waitFor(() => expect(carriage.stage.log.epoch).toBe(2))
  now += kitLimits.successionEveryMs
  carriage.beat()
  expect(succeed).toHaveBeenCalledTimes(2)
  carriage.stop()
})
