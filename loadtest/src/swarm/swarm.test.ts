// The compiled client against real servers. Without gcc it says what it needs.
import { spawnSync } from 'node:child_process'
import { afterEach, expect, test, vi } from 'vitest'
import { Host, hostKinds, type HostName } from '../hosts/host.ts'
import { serverUnderLoad } from '../load/server-under-load.ts'
import { compiler, swarmProgram } from './build-swarm.ts'
import { Swarm } from './swarm.ts'

const hasGcc = spawnSync(compiler, ['--version']).status === 0
const patient = { timeout: 15_000, interval: 50 }
const viewers = 60

const opened: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop()
})

async function crowd(name: HostName): Promise<{ host: Host; swarm: Swarm }> {
  const host = await Host.start(name)
  const { dialect, upgrade } = hostKinds[name]
  const { port, seat } = host.ready
  const swarm = await Swarm.start({
    address: `127.0.0.1:${port}`,
    dialect,
    seat,
    upgrade,
    sampleEvery: 1,
  })
  opened.push(swarm, host)
  expect(await swarm.open(viewers)).toMatchObject({ open: viewers, failed: 0, ends: {} })
  return { host, swarm }
}

test('[LOD-08] every viewer of the swarm counts what the server said, whole and in order', async () => {
  if (!hasGcc) {
    await expect(swarmProgram()).rejects.toThrow(compiler)
    return
  }
  for (const name of ['odeon', 'stock'] as const) {
    const { host, swarm } = await crowd(name)
    await swarm.reset()
    await host.ask({ do: 'pace', perTick: 50, everyMs: 20, stateEvery: 2 })
    await vi.waitFor(async () => {
      expect((await host.ask({ do: 'facts' })).said).toBeGreaterThan(1_000)
    }, patient)
    const { said } = await host.ask({ do: 'rest' })
    await vi.waitFor(async () => {
      expect((await swarm.mark()).perViewer).toEqual({ least: said, most: said })
    }, patient)
    const { order, patch, messages, latency, gone } = await swarm.mark()
    expect({ messages, gone, order }).toEqual({
      messages: said * viewers,
      gone: 0,
      order: { checked: said * viewers, broken: 0 },
    })
    expect(patch.checked).toBeGreaterThan(viewers)
    expect(patch.wrong).toBe(0)
    expect(latency?.count).toBe(said * viewers)
  }
}, 60_000)

test('[LOD-02] only loopback is loaded', async () => {
  const nowhere = { pids: [], urls: ['http://odeon.example:2567'] }
  await expect(serverUnderLoad(nowhere, () => {})).rejects.toThrow('--i-run-this-server')
  if (!hasGcc) return
  const { status, stderr } = spawnSync(await swarmProgram(), ['--address', '192.0.2.1:80'])
  expect([status, stderr.toString()]).toEqual([2, expect.stringContaining('only loopback')])
})
