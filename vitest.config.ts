// All tests in one run. `code` starts nothing, so its files share what they load; `served` shares
// one PostgreSQL, so keep it one project: two with a global setup would start two databases.
import { defineConfig } from 'vitest/config'
import { closingLine } from './.ci/closing-line.ts'
import { LongestFirst } from './.ci/longest-first.ts'

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `Tests need Node 24, this is ${process.version}. Start them with \`npm test\` or ` +
      '`npx vitest`: both find the Node that `npm ci` put into node_modules/.bin.',
  )
}

const served = [
  '{server,loadtest}/**/*.test.ts',
  'client-sdk/{*,**/*.e2e}.test.ts',
  'web/test/*.test.ts',
  'docs/docs.test.ts',
]
const never = ['**/node_modules/**', '**/dist/**', '**/.odeon/**']

export default defineConfig({
  test: {
    reporters: ['default', closingLine()],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    setupFiles: ['.ci/patience.ts'],
    allowOnly: false,
    // One more than the cores of a small machine: many files mostly wait.
    maxWorkers: 3,
    exclude: never,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'code',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, ...served],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'served',
          isolate: false,
          include: served,
          setupFiles: ['server/src/platform/testing/each-file.ts'],
          testTimeout: 40_000,
          // Real servers and browsers on a shared machine. Whoever needs it is named at the end.
          retry: process.env.CI ? 1 : 0,
          globalSetup: ['server/src/platform/testing/global-setup.ts'],
        },
      },
    ],
  },
})
