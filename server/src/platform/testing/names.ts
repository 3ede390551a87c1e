/** Names that the test run and the test files agree on. */

export const templateName = 'odeon_template'

export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
    /** Where servers of the run keep what they have compiled, as processes under PM2 do. */
    codeFolder: string
  }
}
