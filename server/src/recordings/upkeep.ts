/** Takes old recordings away now and then. */
import type { Logger } from '@odeon/rooms/ports'
import { recorderLimits } from './limits.ts'
import type { Recordings } from './recordings.ts'

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepRecordingsTidy({ removeOld }: Pick<Recordings, 'removeOld'>, log: Logger) {
  let running: Promise<void> = Promise.resolve()
  const ended = new AbortController()
  const work = async () => {
    let removed: number = recorderLimits.removedAtOnceMax
    while (removed >= recorderLimits.removedAtOnceMax && !ended.signal.aborted)
      removed = await removeOld()
  }
  const round = () => {
    // The next round tries again; until then they are kept a little longer.
    running = work().catch((err: unknown) => log.warn({ err }, 'old recordings were not removed'))
  }
  round()
  const timer = setInterval(round, recorderLimits.upkeepEveryMs)
  return async (): Promise<void> => {
    ended.abort()
    clearInterval(timer)
    await running
  }
}
