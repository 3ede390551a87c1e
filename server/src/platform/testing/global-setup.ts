/**
 * One real PostgreSQL for a whole test run, with a migrated database that each test file copies.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { schema } from '../../schema.ts'
import { openDatabase } from '../database.ts'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'
import { databaseUrl, templateName } from './names.ts'
import { quietLog } from './quiet-log.ts'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-test-'))
  const postgres = await startEmbeddedPostgres({ dataDir, log: quietLog, fsync: false })
  const admin = await openDatabase({
    url: postgres.url,
    log: quietLog,
    schema: { entities: [], migrations: [] },
  })
  await admin.sql([`create database ${templateName}`] as unknown as TemplateStringsArray)
  await admin.close()
  const template = await openDatabase({
    url: databaseUrl(postgres.url, templateName),
    log: quietLog,
    schema,
  })
  await template.close()
  project.provide('postgresUrl', postgres.url)
  project.provide('codeFolder', join(dataDir, 'code'))
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
