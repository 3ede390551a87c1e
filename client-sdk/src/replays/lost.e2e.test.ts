/** A store that loses what was recorded: what is left plays on behind it. */
import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { holeMs, recordedHost, recordedWithin as within } from '../testing/recorded-host.ts'

const lines = ['before the restart', 'after the restart']

/** A stream over two processes, each of which ends a segment of its own. */
async function recordedTwice() {
  const { dataDir, start, first, ann, id, host } = await recordedHost()
  await host.chat.send(lines[0]!)
  await new Promise((resolve) => setTimeout(resolve, holeMs))
  first.kill('SIGTERM')
  await first.ended
  await start()
  host.tryNow()
  await vi.waitFor(() => expect(host.connection).toBe('live'), within)
  await host.chat.send(lines[1]!)
  await host.end()
  await host.leave()
  const open = (at = 0) => ann.replays.open(id, { at })
  await vi.waitFor(async () => (await open()).close(), within)
  return { open, folder: join(dataDir, 'recordings', `live_${id}`) }
}

test('[RPL-08] what the store lost is a hole, and what is lost whole is refused by name', async () => {
  const { open, folder } = await recordedTwice()
  const stored = await readdir(folder)
  const [first, last] = stored.toSorted().map((name) => join(folder, name))
  expect(stored).toHaveLength(2)
  const whole = await open(60_000)
  expect(whole.isStateKnown).toBe(true)
  await rename(first!, `${folder}.first`)
  const behind = await open()
  expect(behind.holes).toHaveLength(1)
  expect(behind.holes[0]?.from).toBe(0)
  expect(behind.isStateKnown).toBe(false)
  const told: string[] = []
  behind.on('chat.posted', ({ text }) => told.push(text))
  const ended = new Promise((resolve) => behind.on('ended', resolve))
  behind.speed = 4
  behind.play()
  await ended
  expect(told).toEqual(lines)
  expect(behind.isStateKnown).toBe(true)
  // Lost since it was opened.
  await whole.seek(0)
  expect(whole.isStateKnown).toBe(false)
  whole.play()
  whole.speed = 4
  await vi.waitFor(() => expect(whole.status).toBe('ended'), within)
  await rename(last!, `${folder}.last`)
  await expect(open()).rejects.toMatchObject({ code: 'recording_lost' })
  for (const replay of [whole, behind]) replay.close()
}, 90_000)
