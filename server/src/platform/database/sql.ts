/** SQL as tagged templates over the connection pool. Values never become part of the text. */
import { createHash } from 'node:crypto'

/** The part of node-postgres used here. */
interface Queryable {
  query(text: string, values: unknown[]): Promise<{ rows: object[] }>
  query(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: object[] }>
}
interface PooledClient extends Queryable {
  release(destroy?: boolean): void
}
export interface Pool extends Queryable {
  connect(): Promise<PooledClient>
  on(event: 'error', listener: (error: Error) => void): unknown
  end(): Promise<void>
  readonly ending: boolean
}

/**
 * Rows of a statement. Times arrive as text and bigints as strings, as PostgreSQL writes them;
 * ask for `extract(epoch from …)` and use `Number` where a number is wanted.
 */
export type Sql = <Row extends object = Record<string, unknown>>(
  text: TemplateStringsArray,
  ...values: unknown[]
) => Promise<Row[]>

export function sqlOver(target: Queryable): Sql {
  return async <Row extends object>(text: TemplateStringsArray, ...values: unknown[]) => {
    return (await target.query(numbered(text), values)).rows as Row[]
  }
}

/**
 * The same, parsed and planned once for each connection: for what is asked hundreds of times a
 * second. Its plan does not look at the values, so none must make another one much better.
 */
export function preparedOver(target: Queryable): Sql {
  const statements = new Map<TemplateStringsArray, { name: string; text: string }>()
  return async <Row extends object>(parts: TemplateStringsArray, ...values: unknown[]) => {
    let statement = statements.get(parts)
    if (statement === undefined) {
      const text = numbered(parts)
      statement = { name: createHash('sha256').update(text).digest('base64url'), text }
      statements.set(parts, statement)
    }
    return (await target.query({ ...statement, values })).rows as Row[]
  }
}

const numbered = (parts: TemplateStringsArray): string =>
  parts.reduce((sql, part, index) => `${sql}$${index}${part}`)

export function transactionOver(pool: Pool, over: (target: Queryable) => Sql = sqlOver) {
  return async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken = false
    try {
      await client.query('begin', [])
      const result = await work(over(client))
      await client.query('commit', [])
      return result
    } catch (error) {
      await client.query('rollback', []).catch(() => {
        broken = true
      })
      throw error
    } finally {
      client.release(broken)
    }
  }
}
