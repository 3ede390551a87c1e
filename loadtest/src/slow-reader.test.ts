// One reader that falls behind, on stock Colyseus and on the kit: what does it get afterwards?
import { afterEach, expect, test, vi } from 'vitest'
import { Host, type HostName } from './hosts/host.ts'
import { RawReader } from './slow/raw-reader.ts'

const kib = 1024
const boardBytes = 12 * kib
const pace = { do: 'pace', perTick: 1, everyMs: 4, stateEvery: 1 } as const
/** By now the kernel has taken all it takes and the rest waits in the process. */
const saidBytes = 12 * kib * kib
const patient = { timeout: 15_000, interval: 50 }

const opened: { host: Host; reader: RawReader }[] = []

afterEach(async () => {
  for (const { host, reader } of opened.splice(0)) {
    reader.leave()
    await host.stop()
  }
})

/** Joins, stops reading while the server says 12 MiB, then reads to the end. */
async function fallBehind(name: HostName) {
  const host = await Host.start(name, { BOARD_BYTES: String(boardBytes), PATCH_MS: '4' })
  const reader = await RawReader.join(host.ready.port, host.ready.seat ?? '')
  opened.push({ host, reader })
  await vi.waitFor(() => expect(reader.states).toBe(1), patient)
  reader.stopReading()
  await host.ask(pace)
  let queuedPeakBytes = 0
  await vi.waitFor(async () => {
    const facts = await host.ask({ do: 'facts' })
    queuedPeakBytes = Math.max(queuedPeakBytes, facts.queuedPeakBytes)
    expect(facts.stateTick * boardBytes).toBeGreaterThan(saidBytes)
  }, patient)
  const { stateTick } = await host.ask({ do: 'rest' })
  reader.goOn()
  return { reader, queuedPeakBytes, stateTick }
}

test("[LOD-01] a reader that falls behind gets other patches' bytes from stock Colyseus, never from a room on the kit", async () => {
  const [stock, odeon] = await Promise.all([fallBehind('stock'), fallBehind('odeon')])

  expect(stock.queuedPeakBytes).toBeGreaterThan(kib * kib)
  const retired = 'Stock Colyseus no longer corrupts queued patches: the claim can be retired.'
  await vi.waitFor(() => expect(stock.reader.wrong, retired).toBeGreaterThan(0), patient)

  // The kit skips what would not fit, then sends the whole state again.
  await vi.waitFor(() => expect(odeon.reader.tick).toBe(odeon.stateTick), patient)
  expect(odeon.reader.wrong).toBe(0)
  expect(odeon.reader.states).toBeGreaterThan(1)
  expect(odeon.queuedPeakBytes).toBeLessThanOrEqual(256 * kib)
}, 60_000)
