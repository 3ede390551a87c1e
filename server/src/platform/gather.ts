/**
 * Many small asks as few large ones: what is asked while a load is under way, or just after one
 * began, goes together with the next. Nobody gets an answer that was read before they asked, and
 * alone nobody waits.
 */
import { DatabaseUnavailable, isConnectionFault } from './database/fault.ts'

export interface GatherOptions {
  /** Asks that one load takes. */
  asksMax: number
  /** Loads under way at the same time. */
  loadsMax: number
  /** From one beginning to the next, in ms, unless as many wait as one load takes; 0: no time. */
  apartMs: number
  /** Asks that wait; more are refused at once. */
  waitingMax: number
  /** No ask is at fault, and none would fare better alone. */
  failsAll: (error: unknown) => boolean
}

/** A crowd that comes at once asks a few questions, not thousands, and waits unnoticed for them. */
export const together: GatherOptions = {
  asksMax: 100,
  loadsMax: 2,
  apartMs: 20,
  waitingMax: 10_000,
  failsAll: isConnectionFault,
}

interface Waiting<Ask, Answer> {
  ask: Ask
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * `load` answers all asks, in their order. When one of them may have made it fail, each is tried
 * alone. Rejects with `DatabaseUnavailable` when too many wait.
 */
export function gather<Ask, Answer>(
  load: (asks: Ask[]) => Promise<Answer[]>,
  { asksMax, loadsMax, apartMs, waitingMax, failsAll }: GatherOptions,
): (ask: Ask) => Promise<Answer> {
  const waiting: Waiting<Ask, Answer>[] = []
  let underWay = 0
  let begunAt = Number.NEGATIVE_INFINITY
  let later: NodeJS.Timeout | undefined

  const run = async (batch: Waiting<Ask, Answer>[]): Promise<void> => {
    try {
      const answers = await load(batch.map(({ ask }) => ask))
      if (answers.length !== batch.length) throw new Error('a load answered another number of asks')
      for (const [at, { resolve }] of batch.entries()) resolve(answers[at] as Answer)
    } catch (error) {
      // One bad ask must not fail the others.
      if (batch.length === 1 || failsAll(error)) for (const { reject } of batch) reject(error)
      else for (const one of batch) await run([one])
    }
  }

  const start = (): void => {
    while (waiting.length > 0 && underWay < loadsMax) {
      const restMs = begunAt + apartMs - performance.now()
      if (restMs > 0 && waiting.length < asksMax) {
        later ??= setTimeout(() => {
          later = undefined
          start()
        }, restMs)
        return
      }
      begunAt = performance.now()
      const batch = waiting.splice(0, asksMax)
      underWay += 1
      void run(batch).finally(() => {
        underWay -= 1
        start()
      })
    }
  }

  return (ask) =>
    new Promise<Answer>((resolve, reject) => {
      if (waiting.length >= waitingMax) throw new DatabaseUnavailable('Too many wait for it.')
      waiting.push({ ask, resolve, reject })
      start()
    })
}
