/** Ctrl-C in a load run: the first ends it with a report of what was seen, a later one at once. */

/** What a shell expects of who was ended by Ctrl-C; no verdict about the server. */
export const interruptedCode = 130
/** A terminal and npm may each pass on the same Ctrl-C. */
const sameSignalMs = 1_000

export class Interrupted extends Error {
  override name = 'Interrupted'
  constructor() {
    super('Ended before anybody was in: there is nothing to report.')
  }
}

/** Aborts at the first signal that asks this process to end. */
export function interruption(say: (line: string) => void): AbortSignal {
  const controller = new AbortController()
  let firstAt: number | undefined
  const end = (): void => {
    const at = performance.now()
    if (firstAt === undefined) {
      firstAt = at
      say('\nEnding; the report is of what was seen so far. Once more to end at once.')
      controller.abort(new Interrupted())
    } else if (at - firstAt > sameSignalMs) process.exit(interruptedCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  return controller.signal
}

/** Rejects with `Interrupted` when the run is ended first, whatever the work does then. */
export function unlessEnded<T>(work: Promise<T>, ended: AbortSignal): Promise<T> {
  return Promise.race([work, whenEnded(ended).then(() => Promise.reject(new Interrupted()))])
}

export function whenEnded(ended: AbortSignal): Promise<'ended'> {
  return new Promise((resolve) => {
    if (ended.aborted) resolve('ended')
    else ended.addEventListener('abort', () => resolve('ended'), { once: true })
  })
}
