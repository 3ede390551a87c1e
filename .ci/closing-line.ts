// The last line of a test run: one plain sum that a person and a script can both read.
import type { Reporter } from 'vitest/node'

/** A file that could not be collected and an error outside any test count as one failure each. */
export function closingLine(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors) {
      const sum = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
      const unsteady: string[] = []
      for (const module of modules) {
        let failedTests = 0
        for (const test of module.children.allTests()) {
          const { state, errors } = test.result()
          if (test.diagnostic()?.flaky) {
            unsteady.push(`${module.relativeModuleId} > ${test.name}`)
            for (const { message } of errors ?? []) unsteady.push(`  ${message.slice(0, 500)}`)
          }
          if (state === 'passed') sum.passed += 1
          else if (state === 'failed') failedTests += 1
          else sum.skipped += 1
        }
        sum.failed += failedTests || (module.ok() ? 0 : 1)
      }
      if (unsteady.length > 0) {
        const list = unsteady.map((name) => `  ${name}\n`).join('')
        process.stdout.write(`\nUNSTEADY, passed only when tried again; each is a fault:\n${list}`)
      }
      const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
      process.stdout.write(`\nTests: ${sum.passed} passed, ${sum.failed} failed${skipped}\n`)
    },
  }
}
