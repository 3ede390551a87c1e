// What tests wait for may take long on a busy machine; the runner's own bound is a second.
import { vi } from 'vitest'

/** Below the limit of a test, so that what did not come is named. */
const patience = { timeout: 15_000 }
const { waitFor, waitUntil } = vi
/** Files of a worker share `vi` where they share what they load. */
const done = Symbol.for('odeon.patience')

type Options = Parameters<typeof waitFor>[1]
const patient = (options: Options) =>
  typeof options === 'number' ? options : { ...patience, ...options }

if (!(done in vi)) {
  Object.assign(vi, {
    [done]: true,
    waitFor: (run: Parameters<typeof waitFor>[0], options: Options) =>
      waitFor(run, patient(options)),
    waitUntil: (run: Parameters<typeof waitUntil>[0], options: Options) =>
      waitUntil(run, patient(options)),
  })
}
