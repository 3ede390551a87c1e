/** What holds for every endpoint there is, whatever it is for. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { problemOf } from '@odeon/rooms/protocol'
import { afterAll, expect, test } from 'vitest'
import { wordsOf } from '../../rooms/src/testing/shape-words.ts'
import { memoryPorts } from '../../rooms/src/testing/memory-ports.ts'
import { capabilities } from './capabilities.ts'
import { openMail } from './mail/open-mail.ts'
import { quietLog } from './platform/testing/quiet-log.ts'
import { testDatabase } from './platform/testing/test-database.ts'
import { realWorld } from './platform/world.ts'
import { openShared } from './platform/shared.ts'

const folder = await mkdtemp(join(tmpdir(), 'odeon-all-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const database = await testDatabase()
const { endpoints, archive } = capabilities({
  database,
  world: realWorld,
  log: quietLog,
  meter: memoryPorts().meter,
  jwtSecret: new Uint8Array(32),
  shared: await openShared({ redisUrl: undefined, log: quietLog }),
  spoolDir: join(folder, 'spool'),
  mediaDir: join(folder, 'media'),
  recordings: { settings: { keptDays: 1, s3: undefined }, folder: join(folder, 'recordings') },
  adminEmails: [],
  creatorShareBps: 7_000,
  payments: {
    stripe: { secretKey: 'sk_test_none', webhookSecret: 'whsec_none', url: undefined },
    esewa: { productCode: 'EPAYTEST', secretKey: 'none', url: 'http://a', statusUrl: 'http://a' },
    khalti: { secretKey: 'none', url: 'http://a' },
    sandbox: true,
  },
  jobStore: { postgresUrl: database.url },
  mail: { mailer: openMail({ dataDir: folder, resend: undefined }), publicUrl: 'http://localhost' },
})
afterAll(() => archive.close(1_000))

test('[HTP-23] no endpoint says what is wrong in words that are not on the list', () => {
  const said = new Set<string>()
  for (const { method, path, params, query, body } of endpoints) {
    for (const shape of [params, query, body]) {
      for (const sentence of shape ? wordsOf(shape) : []) {
        said.add(sentence)
        expect(problemOf(sentence), `${method} ${path}: ${sentence}`).toBeDefined()
      }
    }
  }
  expect(said.size).toBeGreaterThan(15)
})
