/** Work on many sockets, in slices: between two of them other rooms and timers get a turn. */
import { kitLimits } from './protocol.ts'

export interface SlicedWork {
  count: number
  /** Called for 0 … count - 1, in order. */
  each: (at: number) => void
  /** Called behind the last one, in its turn of the event loop. */
  done: () => void
}

/** The first slice runs at once. A slice ends after so many, or when its time is over. */
export function inSlices(work: SlicedWork, from = 0): void {
  const { sliceSocketsMax, sliceMs, sliceLookEverySockets } = kitLimits
  const stop = Math.min(work.count, from + sliceSocketsMax)
  const until = performance.now() + sliceMs
  let at = from
  while (at < stop) {
    work.each(at)
    at += 1
    // Looking costs about as much as a hundredth of a write.
    if (at % sliceLookEverySockets === 0 && performance.now() >= until) break
  }
  if (at >= work.count) work.done()
  else setImmediate(() => inSlices(work, at))
}
