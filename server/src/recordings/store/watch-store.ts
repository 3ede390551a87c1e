/** Says at the start when the store of recordings cannot be reached, and when it can again. */
import type { Logger } from '@odeon/rooms/ports'
import type { RecorderMeter } from '../recorder-meter.ts'
import type { SegmentStore } from './segment-store.ts'

export interface WatchStoreDeps {
  store: Pick<SegmentStore, 'place' | 'probe'>
  meter: Pick<RecorderMeter, 'reached'>
  log: Logger
  everyMs: number
}

/** Begins at once and ends when the store answers, or when the result is called. */
export function watchStore({ store, meter, log, everyMs }: WatchStoreDeps): () => Promise<void> {
  const { place } = store
  let isEnded = false
  let hasFailed = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    const fault = await store.probe().then(
      () => undefined,
      (error: unknown) => reasonOf(error),
    )
    if (isEnded) return
    meter.reached(fault === undefined)
    if (fault === undefined) {
      if (hasFailed) log.warn({}, `recordings can be stored again: ${place} answers`)
      return
    }
    // Once: what is tried meanwhile is logged by whoever tries it.
    if (!hasFailed) {
      log.error({}, `recordings cannot be stored: ${place}: ${fault}; they wait until it answers`)
    }
    hasFailed = true
    timer = setTimeout(() => void look(), everyMs)
  }
  void look()
  // What is asked just now may never be answered: nobody waits for it.
  return () => {
    isEnded = true
    clearTimeout(timer)
    return Promise.resolve()
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause, message } = error
  if (!(cause instanceof Error)) return message
  return cause.message || ((cause as NodeJS.ErrnoException).code ?? message)
}
