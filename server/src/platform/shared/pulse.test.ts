/** How a process is known to live. */
import { kitLimits } from '@odeon/rooms/protocol'
import { expect, test } from 'vitest'
import { pulseLimits } from './pulse.ts'

test('[JRN-40] a writer takes nothing more before its process can be held for dead', () => {
  const { deadAfterMs, beatMs } = pulseLimits
  expect(kitLimits.writerCutOffMs).toBeLessThan(deadAfterMs - beatMs)
})
