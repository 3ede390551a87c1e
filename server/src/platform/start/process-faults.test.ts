import { execFile } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DatabaseUnavailable } from '../database.ts'
import { kindOfException } from './process-faults.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })

test.each([
  ['a peer that is gone', coded('ECONNRESET'), 'passing'],
  ['a closed pipe', coded('EPIPE'), 'passing'],
  ['PostgreSQL shutting down', coded('57P01'), 'passing'],
  ['no database', new DatabaseUnavailable('gone'), 'passing'],
  ['a programming mistake', new TypeError('x is not a function'), 'fatal'],
  ['no memory', coded('ERR_OUT_OF_MEMORY'), 'fatal'],
  ['something that is no error', 'text', 'fatal'],
  ['nothing', null, 'fatal'],
])('[RUN-23] an exception is told by its class: %s', (_name, error, kind) => {
  expect(kindOfException(error)).toBe(kind)
})

/** A process that watches itself, then does `what`, then says so. */
function watched(what: string): Promise<{ code: number; lines: string[] }> {
  const file = (name: string) => JSON.stringify(pathToFileURL(join(import.meta.dirname, name)).href)
  const script = `
    import { Registry } from 'prom-client'
    import { watchProcessFaults } from ${file('process-faults.ts')}
    const log = { error: (facts, text) => console.log('error', text, facts.kind) }
    const registry = new Registry()
    watchProcessFaults({ log, registry, giveUp: () => process.exit(7) })
    ${what}
    setTimeout(async () => console.log('goes on', await registry.metrics()), 50)`
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=development', '--input-type=module', '--eval', script],
      { cwd: import.meta.dirname },
      (error, stdout) => resolve({ code: Number(error?.code ?? 0), lines: stdout.split('\n') }),
    )
  })
}

test('[RUN-23] a promise nobody awaited is logged and counted, and the process goes on', async () => {
  const { code, lines } = await watched(`
    void Promise.reject(new Error('one'))
    setTimeout(() => void Promise.reject(new Error('two')))`)
  expect(code).toBe(0)
  expect(lines.filter((line) => line.includes('a promise nobody awaited'))).toHaveLength(2)
  expect(lines).toContain('odeon_process_faults_total{kind="rejection"} 2')
})

test('[RUN-23] a broken connection passes, an unknown exception stops', async () => {
  const passing = await watched(`setTimeout(() => {
    throw Object.assign(new Error('gone'), { code: 'ECONNRESET' })
  })`)
  expect(passing.code).toBe(0)
  expect(passing.lines).toContain('odeon_process_faults_total{kind="passing"} 1')
  const fatal = await watched("setTimeout(() => { throw new TypeError('a mistake') })")
  expect(fatal.code).toBe(7)
  expect(fatal.lines[0]).toBe('error an unknown fault; stopping fatal')
})
