// What a viewer may do about picture and sound, in a real browser with a real LiveKit: how good the
// picture is, a window of its own, sound that a browser holds back; and a screen beside the host.
import type { Locator, Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import { sdkPage } from '../../client-sdk/src/testing/browser.ts'
import type { TestPage } from '../../client-sdk/src/testing/browser-page.ts'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { loudnessOn, shownUntouched, withEars } from './ears.ts'
import { demandBrowser, hasBrowser, house, password } from './house.ts'
import { spokenInto } from './speech.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

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

describe.runIf(canRun)('what a viewer may do about picture and sound', async () => {
  const at = house(canRun ? { media: await privateLiveKit(nowhere) } : {}, await spokenInto())

  /** A host who is seen and heard, in a page with the SDK in it. */
  const onAir = async (username: string) => {
    const serve = await sdkPage(at.url)
    const host = await at.page('/')
    await serve(host.context())
    await host.goto(`${at.url}/sdk-test`)
    await host.waitForFunction(() => 'test' in globalThis)
    const id = await host.evaluate(
      async ([name, secret]) => {
        const { odeon } = window.test
        await odeon.auth.register({
          username: name,
          email: `${name}@odeon.test`,
          password: secret,
        })
        const { id: made } = await odeon.streams.create({ title: 'First light' })
        await window.test.join(made)
        await window.test.room?.start()
        await window.test.room?.media.publishCamera()
        return made
      },
      [username, password] as const,
    )
    return { host, id }
  }
  const main = (page: Page) => page.locator('[data-main] video[data-moving]')

  test('[PLY-10] a program learns how loud its own microphone is, and nothing while it is muted', async () => {
    const { host } = await onAir('level_host')
    const loudest = () =>
      host.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const levels: number[] = []
            const stop = window.test.room?.media.onLevel((level) => {
              if (levels.push(level) < 20) return
              stop?.()
              resolve(Math.max(...levels))
            })
          }),
      )
    await vi.waitFor(async () => expect(await loudest()).toBeGreaterThan(0.02), until)
    await host.evaluate(() => window.test.room?.media.mute('microphone', true))
    expect(await loudest()).toBe(0)
    await host.evaluate(() => window.test.room?.media.mute('microphone', false))
    await vi.waitFor(async () => expect(await loudest()).toBeGreaterThan(0.02), until)
    await host.evaluate(() => window.test.room?.media.unpublish('microphone'))
    expect(await loudest()).toBe(0)
  }, 180_000)

  test('[PLY-11] [PLY-12] the chosen quality is the size that comes; the picture has a window of its own', async () => {
    const { id } = await onAir('grain_host')
    const viewer = await at.page(`/live/${id}`)
    const picture = main(viewer)
    await picture.waitFor(patience)
    const quality = viewer.getByLabel('Picture quality')
    await quality.selectOption('Low')
    await vi.waitFor(async () => expect(await widthOf(picture)).toBe(320), until)
    await quality.selectOption('Medium')
    await vi.waitFor(async () => expect(await widthOf(picture)).toBe(640), until)
    await quality.selectOption('Low')
    await vi.waitFor(async () => expect(await widthOf(picture)).toBe(320), until)
    await quality.selectOption('Auto')
    await vi.waitFor(async () => expect(await widthOf(picture)).toBeGreaterThan(320), until)

    const isFloating = () =>
      viewer.evaluate(() => {
        const video = document.querySelector('[data-main] video')
        return video !== null && document.pictureInPictureElement === video
      })
    await viewer.getByRole('button', { name: 'Picture in a window of its own' }).click()
    await vi.waitFor(async () => expect(await isFloating()).toBe(true), until)
    await viewer.keyboard.press('p')
    await vi.waitFor(async () => expect(await isFloating()).toBe(false), until)
    await viewer.keyboard.press('p')
    await vi.waitFor(async () => expect(await isFloating()).toBe(true), until)
    await viewer.getByRole('button', { name: 'Picture in a window of its own' }).click()
    await vi.waitFor(async () => expect(await isFloating()).toBe(false), until)
  }, 180_000)

  test('[PLY-09] [PLY-13] sound that a browser holds back is had by one tap; a shared screen takes the large place', async () => {
    const { host, id } = await onAir('slides_host')
    // Sound that LiveKit keeps ready is not yet asked for either.
    at.allow(/^The AudioContext was not allowed to start/)
    const viewer = await at.page(`/live/${id}`, { before: withEars })
    await shownUntouched(viewer, '.player-hear')
    await main(viewer).waitFor(patience)
    expect(await loudnessOn(viewer)).toBe(0)
    await viewer.getByRole('button', { name: 'Tap to hear' }).click()
    await viewer.getByRole('button', { name: 'Tap to hear' }).waitFor({ state: 'detached' })
    await vi.waitFor(
      async () => expect(await loudnessOn(viewer, 0.02)).toBeGreaterThan(0.02),
      until,
    )

    await host.evaluate(() => window.test.room?.media.publishScreen())
    const screen = viewer.locator('.face[data-main][data-screen]')
    await screen.locator('video[data-moving]').waitFor(patience)
    await screen.getByText('Screen of slides_host').waitFor()
    await viewer.locator('.player-beside .face video[data-moving]').waitFor(patience)
    await host.evaluate(() => window.test.room?.media.unpublish('screen_share'))
    await screen.waitFor({ state: 'detached' })
    await main(viewer).waitFor(patience)
  }, 180_000)
})

/** Pixels of what comes, whatever size it is shown in. */
function widthOf(picture: Locator): Promise<number> {
  return picture.evaluate((element) => (element as HTMLVideoElement).videoWidth)
}
