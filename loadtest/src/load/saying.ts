/** Says within seconds what a run waits for, and goes on saying it as long as it waits. */

export const patience = { firstMs: 3_000, againMs: 10_000 } as const

/** `what` is asked each time: "12 of 20 members to join". Settles as `work` does. */
export async function saying<T>(
  work: Promise<T>,
  what: () => string | Promise<string>,
  say: (line: string) => void,
  { firstMs, againMs }: { firstMs: number; againMs: number } = patience,
): Promise<T> {
  const startedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const failed = new Promise<never>((_, reject) => {
    const tell = async (): Promise<void> => {
      const text = await what()
      if (timer === undefined) return
      say(`Waiting for ${text} (${Math.round((performance.now() - startedAt) / 1_000)} s) …`)
      timer = setTimeout(() => void tell().catch(reject), againMs)
    }
    timer = setTimeout(() => void tell().catch(reject), firstMs)
  })
  try {
    return await Promise.race([work, failed])
  } finally {
    clearTimeout(timer)
    timer = undefined
  }
}
