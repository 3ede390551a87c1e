/**
 * A process of its own that sells tiers to people and pays their bonuses, days passing, and prints
 * each sale that was acknowledged, until somebody kills it: database, number of its life, people.
 */
import { openDatabase } from '../../platform/database.ts'
import { schema } from '../../schema.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { dayMs, someMidnight } from './days.ts'
import { tierHouse } from './tier-house.ts'

const [url = '', life = '0', ...people] = process.argv.slice(2)
const database = await openDatabase({ url, log: quietLog, schema })
const house = tierHouse(database)
house.clock.now = someMidnight + Number(life) * 200 * dayMs

const sell = async (userId: string, at: number) => {
  for (let turn = 0; ; turn += 1) {
    const requestId = `life-${life}-${at}-${turn}`
    const outcome = await house.buy(userId, 1, requestId)
    if ('tier' in outcome) process.stdout.write(`${userId} ${requestId}\n`)
    house.pass(dayMs / 3)
  }
}
const pay = async () => {
  for (;;) await house.payBonuses()
}
await Promise.all([...people.map(sell), pay()])
