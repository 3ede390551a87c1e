/** Forgets removed lines that nobody can bring back any more, now and then. */
import type { ModerationDeps } from './deps.ts'
import { forgetRemoved } from './redact-archive.ts'

const everyMs = 3600_000

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepModerationTidy({ database, world, log }: ModerationDeps): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const round = () => {
    running = forgetRemoved(database.sql, world.now()).then(
      (forgotten) => log.debug({ forgotten }, 'forgot removed lines'),
      // The next round tries again; nothing depends on this one.
      (err: unknown) => log.warn({ err }, 'could not forget removed lines'),
    )
  }
  round()
  const timer = setInterval(round, everyMs)
  return async (): Promise<void> => {
    clearInterval(timer)
    await running
  }
}
