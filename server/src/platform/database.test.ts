/** The way to the database: migrations, plain SQL, transactions, faults with names. */
import { expect, test } from 'vitest'
import { testDatabase } from './testing/test-database.ts'

const database = await testDatabase()

test('[RUN-10] the migrated tables have the columns that the entities describe', async () => {
  const difference = await database.orm.schema.getUpdateSchemaSQL({
    safe: false,
    dropTables: false,
  })
  // Constraints and indexes live in the migrations alone.
  const columns = difference.split('\n').filter((line) => /column|create table/.test(line))
  expect(columns).toEqual([])
})
