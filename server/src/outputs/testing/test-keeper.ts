/** Whoever compares outputs with what runs, for tests: quiet, and with nobody who reads figures. */
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { type OutputKeeperDeps, outputKeeper } from '../output-keeper.ts'
import { outputMeter } from '../output-meter.ts'

type TestKeeperDeps = Omit<OutputKeeperDeps, 'log' | 'meter' | 'hasS3' | 'isUp'>

export const testKeeper = (deps: TestKeeperDeps) =>
  outputKeeper({ ...deps, log: quietLog, meter: outputMeter(), hasS3: false, isUp: () => true })
