// The order of test files: the one that takes a third of the run begins first, so that at its end
// no core waits for it.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const longest = /\/faults\.e2e\.test\.ts$/

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLongest = ({ moduleId }: TestSpecification) => longest.test(moduleId)
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))]
  }
}
