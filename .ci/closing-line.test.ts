// A run that says "0 failed" while something failed would be worse than no sum at all.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'odeon-sum-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const vitest = resolve(root, 'node_modules/vitest')

/** Runs vitest on one test file and gives back its last line and exit code. */
function sumOf(text: string): Promise<{ last?: string; out: string; code: number }> {
  const reporter = `import { closingLine } from '${resolve(root, '.ci/closing-line.ts')}'`
  const config = `export default { test: { retry: 1, reporters: ['dot', closingLine()] } }`
  writeFileSync(join(folder, 'vitest.config.ts'), `${reporter}\n${config}\n`)
  writeFileSync(join(folder, 'a.test.ts'), `import { test, expect } from '${vitest}'\n${text}\n`)
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(vitest, 'vitest.mjs'), 'run'],
      { cwd: folder },
      (error, out) => {
        done({ last: out.trim().split('\n').at(-1), out, code: Number(error?.code ?? 0) })
      },
    )
  })
}

const runs: [what: string, text: string, last: string, code: number][] = [
  ['all pass', "test('a', () => {})\ntest('b', () => {})", 'Tests: 2 passed, 0 failed', 0],
  ['one fails', "test('a', () => {})\ntest('b', () => expect(1).toBe(2))", '1 passed, 1 failed', 1],
  ['a file does not load', "throw new Error('no')", 'Tests: 0 passed, 1 failed', 1],
  [
    'an error nobody caught',
    "test('a', async () => {\n  void Promise.reject(new Error('late'))\n  await null\n})",
    'Tests: 1 passed, 1 failed',
    1,
  ],
]

test.each(runs)('[REP-10] the sum is right when %s', async (_what, text, last, code) => {
  const run = await sumOf(text)
  expect(run.last).toContain(last)
  expect(run.last).toMatch(/^Tests: \d+ passed, \d+ failed(, \d+ skipped)?$/)
  expect(run.code).toBe(code)
})

test('[REP-10] what passed only when it was tried again is named, and why', async () => {
  const { out, last } = await sumOf(
    "let tries = 0\ntest('shaky', () => expect((tries += 1)).toBe(2))",
  )
  expect(last).toBe('Tests: 1 passed, 0 failed')
  expect(out).toMatch(/UNSTEADY.*\n {2}a\.test\.ts > shaky\n {4}expected 1 to be 2/)
})
