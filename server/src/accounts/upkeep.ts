/** Forgets old sign-ins now and then, so that their tables do not grow with the years. */
import type { Logger } from '@odeon/rooms/ports'
import type { Sessions } from './sessions.ts'

const everyMs = 3600_000

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepSessionsTidy(sessions: Pick<Sessions, 'purge'>, log: Logger) {
  let running: Promise<void> = Promise.resolve()
  const round = () => {
    running = sessions.purge().then(
      (forgotten) => log.debug({ forgotten }, 'forgot old sign-ins'),
      // The next round tries again; nothing depends on this one.
      (err: unknown) => log.warn({ err }, 'could not forget old sign-ins'),
    )
  }
  round()
  const timer = setInterval(round, everyMs)
  return async (): Promise<void> => {
    clearInterval(timer)
    await running
  }
}
