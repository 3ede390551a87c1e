/** Waits for what is told by a set of callbacks. */
import type { Listeners } from '../listeners.ts'
import type { World } from '../world.ts'

/** Resolves as soon as it holds, and at the latest after `withinMs`. */
export async function until(
  holds: () => boolean,
  { changed, world, withinMs }: { changed: Listeners; world: World; withinMs: number },
): Promise<void> {
  if (holds()) return
  await new Promise<void>((resolve) => {
    const done = () => {
      cancel()
      stop()
      resolve()
    }
    const cancel = world.after(withinMs, done)
    const stop = changed.add(() => {
      if (holds()) done()
    })
  })
}
