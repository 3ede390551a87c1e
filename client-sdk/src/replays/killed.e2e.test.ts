/** A server killed in the middle of a stream: the recording goes on behind a marked hole. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../../server/src/platform/testing/free-port.ts'
import { startServer } from '../../../server/src/platform/testing/server-process.ts'
import { testDatabaseUrl } from '../../../server/src/platform/testing/test-database.ts'
import { Odeon } from '../index.ts'

const databaseUrl = await testDatabaseUrl()
const holeMs = 2_500
const within = { timeout: 30_000, interval: 200 }

test('[REC-04] what a killed process had not stored is a hole; what was said in it is played', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-killed-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const settings = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    RATE_LIMIT_FACTOR: '1000',
  }
  const first = await startServer(settings)
  const ann = new Odeon(first.url)
  const password = 'correct horse battery'
  await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
  const stream = await ann.streams.create({ title: 'First light' })
  const host = await ann.live.join(stream.id)
  await host.start()
  await host.chat.send('before the kill')
  first.kill('SIGKILL')
  await first.ended
  // Shorter ones are no holes: what was shown last stands for them.
  await new Promise((resolve) => setTimeout(resolve, holeMs))
  await startServer(settings)
  host.tryNow()
  await vi.waitFor(() => expect(host.connection).toBe('live'), within)
  await host.chat.send('after the kill')
  await host.end()
  await host.leave()
  const replay = await vi.waitFor(() => ann.replays.open(stream.id), within)
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
