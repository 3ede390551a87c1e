/** Runs before each test file: those of one process share what they load, and begin afresh. */
import { afterAll, vi } from 'vitest'
import { endFile } from './file-end.ts'

afterAll(async () => {
  await endFile()
  vi.restoreAllMocks()
  vi.useRealTimers()
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})
