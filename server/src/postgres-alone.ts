/**
 * The embedded PostgreSQL without a server beside it, for benchmarks of several processes that
 * share one. It ends when its input does, or on SIGTERM.
 */
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { createLogger } from './platform/logging.ts'

const [dataDir = ''] = process.argv.slice(2)
const log = createLogger({ level: 'warn', destination: process.stderr })
const postgres = await startEmbeddedPostgres({ dataDir, log })
process.stdout.write(`${JSON.stringify({ url: postgres.url })}\n`)

let isEnding = false
const end = () => {
  if (isEnding) return
  isEnding = true
  void postgres.stop().finally(() => process.exit(0))
}
process.once('SIGTERM', end)
process.stdin.once('end', end).resume()
