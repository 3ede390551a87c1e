/** A LiveKit that comes along: it is there as long as its server, and not a moment longer. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
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

  test('[MED-17] it is started again when it dies', async () => {
    const livekit = await privateLiveKit('http://127.0.0.1:9/nobody')
    const before = livekit.pid()
    process.kill(before as number, 'SIGKILL')
    await vi.waitFor(() => expect(livekit.pid()).not.toBe(before), until)
    await vi.waitFor(async () => expect(await answers(livekit.url)).toBe(true), until)
  })
})
