/** Waiting with an end: what must not be waited for forever is waited for with this. */

/**
 * The outcome of `work`, or `late` when it takes longer. Late work goes on; its failure is mute.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | 'late'> {
  const deadline = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => deadline.resolve('late'), ms)
  try {
    return await Promise.race([work, deadline.promise])
  } finally {
    clearTimeout(timer)
    work.catch(() => undefined)
  }
}
