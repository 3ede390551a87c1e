/** A host whose server may end and start again on the same data. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from '../../../server/src/platform/testing/free-port.ts'
import { startServer } from '../../../server/src/platform/testing/server-process.ts'
import { testDatabaseUrl } from '../../../server/src/platform/testing/test-database.ts'
import { Odeon } from '../index.ts'

/** Shorter times without a room are no holes: what was shown last stands for them. */
export const holeMs = 2_500
export const recordedWithin = { timeout: 30_000, interval: 200 }

/** Ann, in the room of a stream that she has started. */
export async function recordedHost() {
  const databaseUrl = await testDatabaseUrl()
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-recorded-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }))
  const settings = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    RATE_LIMIT_FACTOR: '1000',
  }
  const start = () => startServer(settings)
  const first = await start()
  const ann = new Odeon(first.url)
  const password = 'correct horse battery'
  await ann.auth.register({ username: 'ann', email: 'ann@odeon.test', password })
  const { id } = await ann.streams.create({ title: 'First light' })
  const host = await ann.live.join(id)
  await host.start()
  return { dataDir, start, first, ann, id, host }
}
