import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dataFault, DataFolderUnwritable, jwtSecret, makeDataFolder } from './data-folder.ts'
import { isPlainFault } from './start/plain-faults.ts'

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

test('[RUN-72] a data folder that cannot be made is named, with why and what to do', async () => {
  const file = await folder()
  await writeFile(file, 'no folder')
  for (const path of [file, join(file, 'data')]) {
    const failed = await makeDataFolder(path).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(DataFolderUnwritable)
    expect(isPlainFault(failed)).toBe(true)
    expect((failed as Error).message).toMatch(/^The data folder .* cannot be written \(E[A-Z]+: /)
    expect((failed as Error).message).toContain(`${path} cannot`)
    expect((failed as Error).message).toContain('DATA_DIR')
    await expect(jwtSecret(path, undefined)).rejects.toBeInstanceOf(DataFolderUnwritable)
  }
})

test('[RUN-72] what an account may not do is said so; another fault stays what it is', () => {
  const denied = Object.assign(new Error("EACCES: permission denied, mkdir '/var/odeon'"), {
    code: 'EACCES',
  })
  expect((dataFault(denied, '/var/odeon') as Error).message).toBe(
    'The data folder /var/odeon cannot be written (EACCES: permission denied). Let this account ' +
      'write there, or set DATA_DIR to a folder where it may.',
  )
  const other = Object.assign(new Error('EIO: i/o error, mkdir'), { code: 'EIO' })
  expect(dataFault(other, '/var/odeon')).toBe(other)
})
