import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Interrupted } from './interruption.ts'
import { freePort, ownServer, serverUnderLoad } from './server-under-load.ts'

test.each(['before its process is there', 'while it starts'])(
  '[LOD-27] a run that is ended %s ends its own server, which has not said where it is',
  async (when) => {
    const folder = await mkdtemp(join(tmpdir(), 'odeon-ended-'))
    vi.stubEnv('TMPDIR', folder)
    onTestFinished(async () => {
      vi.unstubAllEnvs()
      await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 100 })
    })
    const controller = new AbortController()
    const port = await freePort()
    const starting = ownServer({ PORT: String(port) }, controller.signal)
    const ended = starting.catch((error: unknown) => error)
    const inside = async () => await readdir(folder, { recursive: true })
    // Its data folder is made before its process, which is the first to write into it.
    if (when === 'while it starts') {
      await expect.poll(async () => (await inside()).length, { timeout: 20_000 }).toBeGreaterThan(1)
    }
    controller.abort(new Interrupted())
    expect(await ended).toBeInstanceOf(Interrupted)
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed')
    await expect.poll(inside, { timeout: 5_000 }).toEqual([])
  },
  60_000,
)

test('[LOD-27] a run that is ended waits for no server that takes a connection and says nothing', async () => {
  const controller = new AbortController()
  const silent = createServer(() => controller.abort(new Interrupted()))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => {
    silent.closeAllConnections()
    silent.close()
  })
  const { port } = silent.address() as AddressInfo
  const wanted = { urls: [`http://127.0.0.1:${port}`], pids: [] }
  const found = serverUnderLoad(wanted, () => {}, controller.signal)
  await expect(found).rejects.toThrow(Interrupted)
})
