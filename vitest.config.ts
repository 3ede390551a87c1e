// Tests of all workspaces in one run. `code` needs nothing; `served` gets a real PostgreSQL.
import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { closingLine } from './closing-line.ts'

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `Tests need Node 24, this is ${process.version}. Start them with \`npm test\` or ` +
      '`npx vitest`: both find the Node that `npm ci` put into node_modules/.bin.',
  )
}

const code = ['*.test.ts', 'rooms/**/*.test.ts']
const served = ['server', 'client-sdk', 'web', 'loadtest'].map((ws) => `${ws}/**/*.test.{ts,tsx}`)
const postgres = 'server/src/platform/testing/global-setup.ts'

export default defineConfig({
  test: {
    reporters: ['default', closingLine()],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
    allowOnly: false,
    exclude: ['**/node_modules/**', '**/dist/**', '**/.odeon/**'],
    projects: [
      { extends: true, test: { name: 'code', include: code } },
      {
        extends: true,
        test: {
          name: 'served',
          include: served,
          globalSetup: existsSync(postgres) ? [postgres] : [],
        },
      },
    ],
  },
})
