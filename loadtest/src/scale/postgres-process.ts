/** A PostgreSQL for several servers: says its address, and ends when whoever began it is gone. */
import { join } from 'node:path'

type Start = (options: {
  dataDir: string
  log: Record<'debug' | 'info' | 'warn' | 'error', () => void>
  fsync: boolean
}) => Promise<{ url: string; stop(): Promise<void> }>

// A server's own part, begun as a process of its own like the servers are.
const file = join(import.meta.dirname, '../../../server/src/platform/embedded-postgres.ts')
const { startEmbeddedPostgres } = (await import(file)) as { startEmbeddedPostgres: Start }

const quiet = (): void => {}
const { url, stop } = await startEmbeddedPostgres({
  dataDir: process.argv[2] ?? '',
  log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  fsync: false,
})
process.stdout.write(`${JSON.stringify({ url })}\n`)
process.stdin.resume()
process.stdin.on('end', () => {
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
