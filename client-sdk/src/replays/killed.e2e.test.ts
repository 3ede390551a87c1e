/** A server killed in the middle of a stream: the recording goes on behind a marked hole. */
import { expect, test, vi } from 'vitest'
import { holeMs, recordedHost, recordedWithin as within } from '../testing/recorded-host.ts'

test('[REC-04] what a killed process had not stored is a hole; what was said in it is played', async () => {
  const { start, first, ann, id, host } = await recordedHost()
  await host.chat.send('before the kill')
  first.kill('SIGKILL')
  await first.ended
  await new Promise((resolve) => setTimeout(resolve, holeMs))
  await start()
  host.tryNow()
  await vi.waitFor(() => expect(host.connection).toBe('live'), within)
  await host.chat.send('after the kill')
  await host.end()
  await host.leave()
  const replay = await vi.waitFor(() => ann.replays.open(id), within)
  expect(replay.holes.length).toBe(1)
  expect(replay.isStateKnown).toBe(false)
  const told: string[] = []
  replay.on('chat.posted', ({ text }) => told.push(text))
  await replay.seek(replay.duration)
  expect(told).toEqual(['before the kill', 'after the kill'])
  expect(replay.isStateKnown).toBe(true)
  expect(replay.state.phase).toBe('ended')
  replay.close()
}, 90_000)
