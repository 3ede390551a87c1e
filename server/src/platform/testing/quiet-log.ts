/** A log that says nothing, and one that remembers, for tests. */
import type { Logger } from '@odeon/rooms/ports'

const nothing = () => undefined

export const quietLog: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing }

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error'
  facts: object
  text: string
}

export function recordingLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = []
  const at = (level: LogLine['level']) => (facts: object, text: string) => {
    lines.push({ level, facts, text })
  }
  return {
    lines,
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
  }
}
