import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { jwtSecret } from './data-folder.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'odeon-folder-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return join(made, 'data')
}

test('[RUN-26] the secret for tokens is made once, kept, and readable by its owner alone', async () => {
  const dataDir = await folder()
  const [first, twin] = await Promise.all([
    jwtSecret(dataDir, undefined),
    jwtSecret(dataDir, undefined),
  ])
  expect(first).toHaveLength(32)
  expect(twin).toEqual(first)
  expect(await jwtSecret(dataDir, undefined)).toEqual(first)
  expect((await stat(join(dataDir, 'jwt-secret'))).mode & 0o777).toBe(0o600)
  expect(await jwtSecret(await folder(), undefined)).not.toEqual(first)
})

test('[RUN-26] a secret that is set is used as it is, and no folder is needed', async () => {
  const dataDir = await folder()
  const given = 'somebody made this secret by hand, once'
  expect(await jwtSecret(dataDir, given)).toEqual(new TextEncoder().encode(given))
  await expect(stat(dataDir)).rejects.toThrow('ENOENT')
})

test('[RUN-26] a damaged secret is said, not used', async () => {
  const dataDir = await folder()
  await jwtSecret(dataDir, undefined)
  await writeFile(join(dataDir, 'jwt-secret'), 'short')
  await expect(jwtSecret(dataDir, undefined)).rejects.toThrow('jwt-secret is damaged')
})
