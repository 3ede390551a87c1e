/** Where livekit-server is found. That it is built from its module, `npm run setup` shows. */
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cacheFolder } from '../../platform/go-program.ts'
import { livekitProgram, pinnedVersion } from './program.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'odeon-livekit-'))
  onTestFinished(() => rm(made, { recursive: true, force: true }))
  return made
}

async function program(path: string, text = '#!/bin/sh\n'): Promise<string> {
  await mkdir(resolve(path, '..'), { recursive: true })
  await writeFile(path, text)
  await chmod(path, 0o755)
  return path
}

test('[MED-16] a livekit-server that is set or on the PATH is used', async () => {
  const [here, cache] = [await folder(), await folder()]
  const onPath = await program(join(here, 'livekit-server'))
  const set = await program(join(await folder(), 'other'))
  const environment = { PATH: `/nowhere:${here}`, LIVEKIT_CACHE_DIR: cache }
  expect(await livekitProgram({ environment })).toEqual({ path: onPath, built: false })
  const named = await livekitProgram({ environment: { ...environment, LIVEKIT_SERVER_PATH: set } })
  expect(named).toEqual({ path: set, built: false })
  const wrong = { ...environment, LIVEKIT_SERVER_PATH: '/nowhere/livekit-server' }
  expect(await livekitProgram({ environment: wrong })).toEqual({
    missing: expect.stringContaining('Correct LIVEKIT_SERVER_PATH'),
  })
})

test('[MED-16] one that was built before is used, of the pinned version and no other', async () => {
  const cache = await folder()
  const environment = { PATH: await folder(), LIVEKIT_CACHE_DIR: cache }
  await program(join(cache, 'livekit-server-v0.0.1'))
  const search = { environment, builds: false }
  expect(await livekitProgram(search)).toHaveProperty('missing')
  const kept = await program(join(cache, `livekit-server-${pinnedVersion()}`))
  expect(await livekitProgram(search)).toEqual({ path: kept, built: false })
})

test('[MED-16] a build that fails says why and leaves nothing behind', async () => {
  const [tools, cache] = [await folder(), await folder()]
  const go = '#!/bin/sh\necho downloading >&2\necho "go: no network" >&2\nexit 1\n'
  await program(join(tools, 'go'), go)
  const environment = { PATH: `${tools}:/usr/bin:/bin`, LIVEKIT_CACHE_DIR: cache }
  const said: string[] = []
  const outcome = await livekitProgram({ environment, say: (text) => said.push(text) })
  expect(outcome).toEqual({ missing: 'It was not built: go: no network' })
  expect(said[0]).toContain(pinnedVersion())
  expect(await readdir(cache)).toEqual([])
})

test('[MED-16] what is built lies outside the sources', () => {
  const repository = resolve(import.meta.dirname, '../../../..')
  expect(cacheFolder({}).startsWith(repository)).toBe(false)
  expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache' })).toBe('/var/cache/odeon')
  expect(cacheFolder({ LIVEKIT_CACHE_DIR: '/opt/kept' })).toBe('/opt/kept')
})
