/** Figures of the archive for Prometheus. */
import { Counter, type Registry } from 'prom-client'

interface Counted {
  stored: number
  givenUp: number
  conflicts: number
}

/** Reads them whenever somebody asks. */
export function meterArchive(read: () => Counted, registry: Registry): void {
  const count = (name: string, help: string, of: keyof Counted) =>
    new Counter({
      name: `odeon_archive_${name}`,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(read()[of])
      },
    })
  count('stored_total', 'Log entries stored', 'stored')
  count('given_up_total', 'Log entries that could never be stored', 'givenUp')
  count('conflicts_total', 'Log entries whose numbers another writer had', 'conflicts')
}
