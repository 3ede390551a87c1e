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

const { execPath } = process
const here = {
  CHROMIUM_PATH: execPath,
  CHROMIUM_SHELL_PATH: execPath,
  REDIS_SERVER_PATH: execPath,
  NGINX_PATH: execPath,
  LIVEKIT_SERVER_PATH: execPath,
  FERRETDB_PATH: execPath,
}

test('[RUN-27] parts that are there are named and nothing is installed', async () => {
  expect(await setup(here)).toEqual({
    code: 0,
    output:
      `  ok    browser           ${execPath}\n` +
      `  ok    browser shell     ${execPath}\n` +
      `  ok    redis             ${execPath}\n` +
      `  ok    nginx             ${execPath}\n` +
      `  ok    livekit           ${execPath}\n` +
      `  ok    ferretdb          ${execPath}\n`,
  })
})

test('[RUN-27] a browser without windows is missed by nobody', async () => {
  const missing = { ...here, CHROMIUM_SHELL_PATH: '/nowhere/shell', CI: 'true' }
  const { code, output } = await setup(missing)
  expect(output).toContain('  ok    browser shell     not there; the whole browser does its work')
  expect(code).toBe(0)
})

test.each([
  ['browser', 'CHROMIUM_PATH', '/nowhere/chromium'],
  ['redis', 'REDIS_SERVER_PATH', '/nowhere/redis-server'],
  ['nginx', 'NGINX_PATH', '/nowhere/nginx'],
  ['livekit', 'LIVEKIT_SERVER_PATH', '/nowhere/livekit-server'],
  ['ferretdb', 'FERRETDB_PATH', '/nowhere/ferretdb'],
])(
  '[RUN-27] a %s that cannot be had is reported loudly, and fails where nobody reads along',
  async (name, setting, path) => {
    const missing = { ...here, [setting]: path }
    const { code, output } = await setup(missing)
    expect(code).toBe(0)
    expect(output).toContain(`NOT RUN: ${name} tests. There is no `)
    expect(output).toContain(`${path}.`)
    const unattended = await setup({ ...missing, CI: 'true' })
    expect(unattended.code).toBe(1)
    expect(unattended.output).toContain('NOT RUN')
  },
)
