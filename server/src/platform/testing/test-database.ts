/** A migrated, empty database of its own for a test file; it goes away with the file. */
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { schema } from '../../schema.ts'
import { type Database, openDatabase } from '../database.ts'
import { atFileEnd } from './file-end.ts'
import { databaseUrl, templateName } from './names.ts'
import { quietLog } from './quiet-log.ts'

export interface TestDatabase extends Database {
  url: string
}

/** Call it at the top of a test file: `const database = await testDatabase()`. */
export async function testDatabase(): Promise<TestDatabase> {
  const url = await testDatabaseUrl()
  const database = await openDatabase({ url, log: quietLog, schema })
  atFileEnd(() => database.close())
  return { ...database, url }
}

/** The address alone, for tests that start a whole server on it. */
export async function testDatabaseUrl(): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(`create database ${name} template ${templateName}`)
  atFileEnd(() => asAdmin(`drop database if exists ${name} with (force)`))
  return databaseUrl(inject('postgresUrl'), name)
}

/** Names of databases cannot be values of a statement, so these statements are made as text. */
async function asAdmin(statement: string): Promise<void> {
  const admin = await openDatabase({
    url: inject('postgresUrl'),
    log: quietLog,
    schema: { entities: [], migrations: [] },
  })
  try {
    await admin.sql([statement] as unknown as TemplateStringsArray)
  } finally {
    await admin.close()
  }
}
