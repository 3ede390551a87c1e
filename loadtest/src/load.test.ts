// The command a person types, against a server with a database of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTestServer } from '../../server/src/platform/testing/test-server.ts'

async function load(args: string[]): Promise<{ code: number; said: string }> {
  const file = join(import.meta.dirname, 'load.ts')
  const child = spawn(process.execPath, ['--conditions=development', file, ...args])
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  }
  const [code] = (await once(child, 'close')) as [number]
  return { code, said }
}

test('[LOD-09] a load run shows what must hold, the times and its report, and ends well', async () => {
  const { url } = await startTestServer({ rateLimitFactor: 1_000_000 })
  const plan = ['--viewers', '60', '--chat', '20', '--seconds', '2', '--url', url]
  const { code, said } = await load(plan)
  expect(said).toContain('all members hold the same log')
  expect(said).toMatch(/a viewer has it( +[\d.]+ ms){4}/)
  expect(said).toMatch(/Report: \S+\.html/)
  expect(said).not.toContain('BROKEN')
  expect(code).toBe(0)
}, 60_000)

test('[LOD-09] a wrong plan is refused by name', async () => {
  expect(await load(['--viewers', '7'])).toEqual({
    code: 1,
    said: '--viewers must be a whole number from 20 to 19000.\n',
  })
})
