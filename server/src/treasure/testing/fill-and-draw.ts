/**
 * A process of its own that fills boxes, has them claimed and draws them, time passing, and prints
 * each step that was acknowledged, until somebody kills it: database, start of its time, people.
 */
import { randomUUID } from 'node:crypto'
import { openDatabase } from '../../platform/database.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { schema } from '../../schema.ts'
import { filled, treasureHouse } from './treasure-house.ts'

const [url = '', startsAt = '0', ...people] = process.argv.slice(2)
const database = await openDatabase({ url, log: quietLog, schema })
const house = treasureHouse(database, { now: Number(startsAt) })

const done = (what: string, boxId: string, userId = '') =>
  process.stdout.write(`${what} ${boxId} ${userId}\n`)

const fill = async (host: string) => {
  for (;;) {
    const box = await filled(house.fund(host, { id: randomUUID(), opensInMs: 5_000 }))
    done('filled', box.id)
    const viewers = people.filter((id) => id !== host)
    const claim = async (id: string) => {
      const outcome = await house.claim(box.id, id, 'luck', box.opensAt)
      if ('ticket' in outcome) done('claimed', box.id, id)
    }
    await Promise.all(viewers.map(claim))
    house.clock.now = Math.max(house.clock.now, box.endsAt + 2_000)
    if ((await house.desk.settle(box.id))?.outcome) done('drawn', box.id)
  }
}
await Promise.all(people.slice(0, 2).map(fill))
