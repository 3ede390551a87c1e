/** The same on a database of its own, for a test file. */
import { testDatabase } from '../../platform/testing/test-database.ts'
import { tierHouse } from './tier-house.ts'

export { dayMs, someMidnight } from './days.ts'

export async function tierBench() {
  const database = await testDatabase()
  return { database, ...tierHouse(database) }
}
