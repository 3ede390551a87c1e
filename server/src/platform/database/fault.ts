/** Names what is wrong with the way to the database, without ever repeating the password. */

export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
}

/** SQLSTATE of an error PostgreSQL sent, or the system's code for a failed connection. */
export function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (typeof code === 'string') return code
  return cause === undefined ? '' : codeOf(cause)
}

/** True when a unique index refused a row: somebody else was there first. */
export const isDuplicate = (error: unknown): boolean => codeOf(error) === '23505'

/** True when the statement was not at fault: the same one may succeed once the database is back. */
export function isConnectionFault(error: unknown): boolean {
  const code = codeOf(error)
  if (/^(08|53|57P|58|25006|XX)/.test(code) || /^E[A-Z]+$/.test(code)) return true
  const text = error instanceof Error ? error.message : ''
  return /terminated|timeout|not queryable|socket|connection/i.test(text) && code === ''
}

/** A connection problem in words a person can act on; any other error stays what it is. */
export function databaseFault(error: unknown, url: string): unknown {
  const why = explain(error, url)
  return why === undefined ? error : new DatabaseUnavailable(why, { cause: error })
}

function explain(error: unknown, url: string): string | undefined {
  const { host, user, database } = namesIn(url)
  const code = codeOf(error)
  switch (code) {
    case '28P01':
    case '28000':
      return `PostgreSQL at ${host} refuses the user "${user}": wrong password or no permission.`
    case '3D000':
      return `PostgreSQL at ${host} has no database "${database}". Create it first.`
    case '53300':
      return `PostgreSQL at ${host} has no free connection.`
    case '57P03':
      return `PostgreSQL at ${host} is still starting. Try again in a moment.`
  }
  if (!isConnectionFault(error)) {
    const late = error instanceof Error && error.message.startsWith('no answer in')
    return late ? `PostgreSQL at ${host}: ${error.message}.` : undefined
  }
  return `PostgreSQL at ${host} does not answer (${code || (error as Error).message}).`
}

function namesIn(url: string) {
  if (!URL.canParse(url)) return { host: 'an unreadable address', user: '', database: '' }
  const { host, username, pathname } = new URL(url)
  return { host, user: decodeURIComponent(username), database: pathname.slice(1) }
}
