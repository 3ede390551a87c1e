/** Plain SQL inside a transaction of MikroORM, for what is written together with its entities. */
import type { EntityManager } from '@mikro-orm/postgresql'
import type { Sql } from '../platform/database.ts'

export function sqlIn(tx: EntityManager): Sql {
  return <Row extends object>(text: TemplateStringsArray, ...values: unknown[]) =>
    tx.execute<Row[]>(text.join('?'), values)
}
