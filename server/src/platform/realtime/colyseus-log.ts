/** Colyseus logs like `console` does; this turns its lines into ours. */
import { format } from 'node:util'
import type { Logger } from '@odeon/rooms/ports'

/** Its notes are for developers of Colyseus rooms, so all but errors and warnings go to `debug`. */
export function colyseusLog(log: Logger) {
  const at =
    (level: keyof Logger) =>
    (...said: unknown[]) =>
      log[level]({ by: 'colyseus' }, format(...said))
  return {
    trace: at('debug'),
    debug: at('debug'),
    log: at('debug'),
    info: at('debug'),
    warn: at('warn'),
    error: at('error'),
  }
}
