/**
 * The end of the process: asked for by a signal or a fault, done once, and over within its
 * deadline whatever hangs.
 */
import { constants } from 'node:os'
import type { Logger } from '@odeon/rooms/ports'

export const stopLimits = {
  /** From the signal to the end, for everything. */
  deadlineMs: 18_000,
  /** A terminal and npm may each pass on the same Ctrl-C; a later one means "now". */
  sameSignalMs: 1_000,
} as const

export interface StoppingOptions {
  log: Logger
  /** Ends everything cleanly. */
  stop(): Promise<void>
  /** Something for a person to read. */
  say(text: string): void
  exit?(code: number): void
  now?(): number
}

export interface Stopping {
  /** Stops once; later calls change nothing. */
  begin(exitCode: number): void
  hasBegun(): boolean
}

export function stopping(options: StoppingOptions): Stopping {
  const { log, stop, say, exit = (code) => process.exit(code), now = Date.now } = options
  let begunAt: number | undefined

  const begin = (exitCode: number) => {
    if (begunAt !== undefined) return
    begunAt = now()
    const deadline = setTimeout(() => {
      log.error({ afterMs: stopLimits.deadlineMs }, 'could not stop cleanly in time')
      exit(1)
    }, stopLimits.deadlineMs)
    stop().then(
      () => {
        clearTimeout(deadline)
        exit(exitCode)
      },
      (err: unknown) => {
        log.error({ err }, 'could not stop cleanly')
        exit(1)
      },
    )
  }

  const onSignal = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
    if (begunAt === undefined) {
      say('Stopping. Rooms are told and their logs stored; once more to stop at once.')
      return begin(0)
    }
    if (now() - begunAt > stopLimits.sameSignalMs) exit(128 + constants.signals[signal])
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => onSignal(signal))
  }
  return { begin, hasBegun: () => begunAt !== undefined }
}
