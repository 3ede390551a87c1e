/** Forgets old notices now and then, so that their table does not grow with the years. */
import type { Logger } from '@odeon/rooms/ports'
import { deskLimits, type NoticeDesk } from './notices.ts'

const everyMs = 3600_000

/** Begins at once. The result ends it and resolves when nothing of it runs any more. */
export function keepNoticesTidy({ forgetOld }: Pick<NoticeDesk, 'forgetOld'>, log: Logger) {
  const ended = new AbortController()
  let running: Promise<void> = Promise.resolve()
  const work = async () => {
    let forgotten: number = deskLimits.forgottenAtOnceMax
    while (forgotten >= deskLimits.forgottenAtOnceMax && !ended.signal.aborted) {
      forgotten = await forgetOld()
    }
  }
  const round = () => {
    // The next round tries again; nothing depends on this one.
    running = work().catch((err: unknown) => log.warn({ err }, 'could not forget old notices'))
  }
  round()
  const timer = setInterval(round, everyMs)
  return async (): Promise<void> => {
    ended.abort()
    clearInterval(timer)
    await running
  }
}
