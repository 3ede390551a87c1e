/** A database that can be lost at each point of whatever is done with it. */
import type { Database, Sql } from '../../platform/database.ts'

type Part = Pick<Database, 'sql' | 'prepared' | 'transaction' | 'preparedTransaction'>

/** From a point on everything is lost: the process that asks is as good as dead. */
export class Points {
  count = 0
  #diesAt = Number.POSITIVE_INFINITY

  get isDead(): boolean {
    return this.count >= this.#diesAt
  }

  dieAt(point: number): void {
    this.count = 0
    this.#diesAt = point
  }

  pass(): void {
    if (!this.isDead) this.count += 1
    if (this.isDead) throw Object.assign(new Error('the process died'), { code: 'ECONNRESET' })
  }
}

export function mortal(real: Part, points: Points): Part {
  const watched = (sql: Sql): Sql => {
    return async <Row extends object>(text: TemplateStringsArray, ...values: unknown[]) => {
      points.pass()
      const rows = await sql<Row>(text, ...values)
      points.pass()
      return rows
    }
  }
  const within =
    (transaction: Part['transaction']): Part['transaction'] =>
    async (work) => {
      points.pass()
      const result = await transaction(async (sql) => {
        const done = await work(watched(sql))
        points.pass()
        return done
      })
      points.pass()
      return result
    }
  return {
    sql: watched(real.sql),
    prepared: watched(real.prepared),
    transaction: within(real.transaction),
    preparedTransaction: within(real.preparedTransaction),
  }
}
