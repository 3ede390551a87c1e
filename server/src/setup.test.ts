import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

function setup(settings: Record<string, string>): Promise<{ code: number; output: string }> {
  const script = join(import.meta.dirname, 'setup.ts')
  return new Promise((resolve) => {
    execFile(process.execPath, [script], { env: settings }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    )
  })
}

test('[RUN-27] a browser that is there is named and nothing is installed', async () => {
  const { code, output } = await setup({ CHROMIUM_PATH: process.execPath })
  expect({ code, output }).toEqual({
    code: 0,
    output: `  ok    browser           ${process.execPath}\n`,
  })
})

test('[RUN-27] a browser that cannot be had is reported loudly, and fails where nobody reads along', async () => {
  const missing = { CHROMIUM_PATH: '/nowhere/chromium' }
  const here = await setup(missing)
  expect(here.code).toBe(0)
  expect(here.output).toContain('NOT RUN: browser tests. There is no /nowhere/chromium.')
  const unattended = await setup({ ...missing, CI: 'true' })
  expect(unattended.code).toBe(1)
  expect(unattended.output).toContain('NOT RUN')
})
