// Picture and sound of a live room in a real browser, carried by a real LiveKit: a host and a guest
// who send through the SDK, and a viewer in front of the room's own page.
import { type Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { sdkPage } from '../../client-sdk/src/testing/browser.ts'
import type { TestPage } from '../../client-sdk/src/testing/browser-page.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { demandBrowser, hasBrowser, house, password, sizes } from './house.ts'

demandBrowser()
demandLiveKit()

/** Nothing is told there: the room finds out by itself. */
const nowhere = 'http://127.0.0.1:9/'
const until = { timeout: 30_000, interval: 100 }
/** Encoders and decoders share few cores here. */
const patience = { timeout: 30_000 }

declare global {
  interface Window {
    test: TestPage
  }
}

describe.runIf(hasBrowser && hasLiveKit)('picture and sound in the page', async () => {
  const livekit = await privateLiveKit(nowhere)
  const at = house({ media: livekit })

  /** A page with the SDK in it, whose browser was never here. */
  const program = async (serve: Awaited<ReturnType<typeof sdkPage>>): Promise<Page> => {
    const page = await at.page('/')
    await serve(page.context())
    await page.goto(`${at.url}/sdk-test`)
    await page.waitForFunction(() => 'test' in globalThis)
    return page
  }

  test('[PLY-07] [PLY-03] [PLY-08] [WEB-89] who sends is seen, who is silenced is not heard, and all come back after LiveKit died', async () => {
    const serve = await sdkPage(at.url)
    const host = await program(serve)
    const streamId = await host.evaluate(async (secret) => {
      const { odeon } = window.test
      await odeon.auth.register({ username: 'ann', email: 'ann@odeon.test', password: secret })
      const { id } = await odeon.streams.create({ title: 'First light' })
      await window.test.join(id)
      await window.test.room?.start()
      return id
    }, password)

    const viewer = await at.page(`/live/${streamId}`)
    const fetched: string[] = []
    viewer.on('request', (request) => void fetched.push(request.url()))
    await viewer.getByRole('heading', { name: 'First light' }).waitFor()
    expect(await viewer.locator('.player').count()).toBe(0)
    const programs = () => fetched.filter((url) => url.endsWith('.js')).length
    const early = programs()
    await host.evaluate(() => window.test.room?.media.publishCamera())
    const picture = viewer.locator('[data-main] video[data-moving]')
    await picture.waitFor(patience)
    await vi.waitFor(async () => expect(await framesOf(picture)).toBeGreaterThan(0), until)
    // The player is fetched when somebody sends.
    expect(programs()).toBeGreaterThan(early)
    const page = await viewer.request.get(`${at.url}/live/${streamId}`)
    const { host: place } = new URL(livekit.publicUrl)
    expect(page.headers()['content-security-policy']).toContain(
      `connect-src 'self' ws://${place} http://${place};`,
    )

    await viewer.keyboard.press('m')
    await viewer.getByRole('button', { name: 'Unmute' }).waitFor()
    await viewer.keyboard.press('m')
    await viewer.getByRole('button', { name: 'Mute', exact: true }).waitFor()

    const guest = await program(serve)
    const guestId = await guest.evaluate(async (id) => {
      await window.test.odeon.auth.guest({ name: 'Bob' })
      await window.test.join(id)
      return window.test.room?.you.id ?? ''
    }, streamId)
    expect(await codeOf(guest)).toBe('not_granted')
    await host.evaluate(async (id) => await window.test.room?.floor.invite(id), guestId)
    await guest.evaluate(async () => {
      await window.test.room?.floor.sit()
      await window.test.room?.media.publishCamera()
    })
    const beside = viewer.locator('.player-beside .face', { hasText: 'Bob' })
    await beside.locator('video[data-moving]').waitFor(patience)
    await viewer.setViewportSize(sizes.phone)
    await vi.waitFor(async () => expect(await overlaps(viewer)).toEqual([]), until)
    await viewer.setViewportSize(sizes.desktop)
    await listen(host, guestId)
    await vi.waitFor(async () => expect(await loudnessOf(host)).toBeGreaterThan(0.01), until)
    await host.evaluate(async (id) => await window.test.room?.floor.silence(id), guestId)
    await beside.getByRole('img', { name: 'Bob is muted' }).waitFor(patience)
    await vi.waitFor(async () => expect(await sourcesOf(guest)).toEqual(['camera']), until)
    await vi.waitFor(async () => expect(await loudnessOf(host)).toBe(0), until)
    expect(await codeOf(guest)).toBe('silenced')

    const { host: dead } = new URL(livekit.publicUrl)
    at.allow(new RegExp(`^WebSocket connection to 'ws://${dead}/rtc.*ERR_CONNECTION_REFUSED`))
    at.allow(new RegExp(`^Failed to load resource: net::ERR_CONNECTION_REFUSED http://${dead}/rtc`))
    at.allow(new RegExp(`^request to ${dead}$`))
    await viewer.evaluate(() => Object.assign(globalThis, { isSamePage: true }))
    await livekit.stop()
    await viewer.getByText('Picture and sound are away. The chat goes on.').waitFor(patience)
    await host.evaluate(async () => await window.test.room?.chat.send('still here'))
    await viewer.getByText('still here').waitFor()
    await livekit.start()
    await picture.waitFor(patience)
    await beside.locator('video[data-moving]').waitFor(patience)
    const before = await framesOf(picture)
    await vi.waitFor(async () => expect(await framesOf(picture)).toBeGreaterThan(before), until)
    expect(await viewer.evaluate(() => 'isSamePage' in globalThis)).toBe(true)
  }, 180_000)
})

/** Faces that the chat lies over, by the names under them. */
function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const top = document.querySelector('.room-chat')?.getBoundingClientRect().top ?? 0
    const faces = [...document.querySelectorAll<HTMLElement>('.player-faces .face')]
    return faces
      .filter((face) => face.getBoundingClientRect().bottom > top)
      .map((face) => face.innerText)
  })
}

/** Frames shown so far; 0 while there is nothing to be seen in them. */
function framesOf(picture: ReturnType<Page['locator']>): Promise<number> {
  return picture.evaluate((element) => {
    const video = element as HTMLVideoElement
    const { totalVideoFrames } = video.getVideoPlaybackQuality()
    return video.videoWidth > 0 && video.videoHeight > 0 ? totalVideoFrames : 0
  })
}

/** What the page is refused with when it wants to be heard. */
function codeOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const error = await window.test.room?.media
      .publishMicrophone()
      .catch((refused: unknown) => refused)
    return (error as { code?: string } | undefined)?.code ?? 'not refused'
  })
}

function sourcesOf(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(window.test.room?.media.sending ?? [])])
}

async function listen(page: Page, userId: string): Promise<void> {
  await page.evaluate((id) => {
    const element = document.body.appendChild(document.createElement('audio'))
    element.id = 'ear'
    window.test.room?.media.attach(id, 'microphone', element)
  }, userId)
}

/** The loudest of a second and a half, 0–1; the microphones here beep once a second. */
function loudnessOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const stream = document.querySelector<HTMLAudioElement>('#ear')?.srcObject
    if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return 0
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    context.createMediaStreamSource(stream).connect(analyser)
    const heard = new Float32Array(analyser.fftSize)
    let loudest = 0
    const end = performance.now() + 1_500
    while (performance.now() < end) {
      await new Promise(requestAnimationFrame)
      analyser.getFloatTimeDomainData(heard)
      loudest = heard.reduce((most, value) => Math.max(most, Math.abs(value)), loudest)
    }
    await context.close()
    return loudest
  })
}
