/** A LiveKit that comes along: it is there as long as its server, and not a moment longer. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openShared } from '../../platform/shared.ts'
import { silentProgress } from '../../platform/start/progress.ts'
import { quietLog } from '../../platform/testing/quiet-log.ts'
import { realWorld } from '../../platform/world.ts'
import { mediaSide } from './media-side.ts'
import { demandLiveKit, hasLiveKit, privateLiveKit } from './testing/private-livekit.ts'

demandLiveKit()

const until = { timeout: 15_000, interval: 50 }
const answers = (url: string) =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )

describe.runIf(hasLiveKit)('a LiveKit that comes along', () => {
  test('[MED-17] it ends when it is told to, and its port is free again', async () => {
    const livekit = await privateLiveKit('http://127.0.0.1:9/nobody')
    expect(await answers(livekit.url)).toBe(true)
    await livekit.stop()
    expect(await answers(livekit.url)).toBe(false)
    await livekit.start()
    expect(await answers(livekit.url)).toBe(true)
  })

  test('[MED-17] it ends with the process that began it, though that was killed', async () => {
    const holder = fork(fileURLToPath(new URL('./testing/livekit-holder.ts', import.meta.url)), {
      execArgv: ['--conditions=development'],
    })
    onTestFinished(() => void holder.kill('SIGKILL'))
    const [{ url, pid }] = (await once(holder, 'message')) as [{ url: string; pid: number }]
    expect(await answers(url)).toBe(true)
    holder.kill('SIGKILL')
    await vi.waitFor(async () => expect(await answers(url)).toBe(false), until)
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), until)
  })

  test('[MED-28] it is called from this machine alone, unless an address is named', async () => {
    const { presence } = await openShared({ redisUrl: undefined, log: quietLog })
    const answering = async (host: string | undefined) => {
      const side = mediaSide({ presence, world: realWorld, log: quietLog })
      const options = { settings: 'own', host, port: 9, progress: silentProgress } as const
      onTestFinished(side.begin(options))
      await vi.waitFor(() => expect(side.media.signer).toBeDefined(), until)
      const { port } = new URL(side.media.signer!.url)
      // Any address of this machine would do for the second; this one every machine has.
      return [await answers(`http://127.0.0.1:${port}`), await answers(`http://127.0.0.2:${port}`)]
    }
    expect(await answering(undefined)).toEqual([true, false])
    expect(await answering('0.0.0.0')).toEqual([true, true])
  }, 40_000)

  test('[MED-17] it is started again when it dies', async () => {
    const livekit = await privateLiveKit('http://127.0.0.1:9/nobody')
    const before = livekit.pid()
    process.kill(before as number, 'SIGKILL')
    await vi.waitFor(() => expect(livekit.pid()).not.toBe(before), until)
    await vi.waitFor(async () => expect(await answers(livekit.url)).toBe(true), until)
  })
})
