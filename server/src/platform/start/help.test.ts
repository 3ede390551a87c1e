import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startHelp, wantsHelp } from './help.ts'

const server = join(import.meta.dirname, '../..')

test('[RUN-73] the help names settings that there are, and fits a terminal', async () => {
  const operating = await readFile(join(server, '../../docs/operating.md'), 'utf8')
  const rows = startHelp().split('\n')
  const named = rows.flatMap((row) => /^ {4}([A-Z_, ]+) {2,}/.exec(row)?.[1]?.split(', ') ?? [])
  expect(named.length).toBeGreaterThan(10)
  for (const name of named) expect(operating).toContain(`| \`${name.trim()}\` |`)
  for (const row of rows) expect(row.length).toBeLessThanOrEqual(92)
})

test('[RUN-73] it is all that a start says that was asked for it', async () => {
  expect([['--help'], ['-h'], [], ['help']].map(wantsHelp)).toEqual([true, true, false, false])
  const words = ['--conditions=development', join(server, 'main.ts'), '--help']
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words)
  expect([stdout, stderr]).toEqual([startHelp(), ''])
}, 30_000)
