/** What a page sounds, measured in the page: of every element that plays, mixed as one hears it. */
import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'

declare global {
  interface Window {
    sounding?: Set<HTMLMediaElement>
    captured?: MediaStreamTrack[]
    actions?: Map<string, (() => void) | null>
  }
}

/** Before the page's own code: remembers what it plays, captures, and lets a locked screen do. */
export function withEars(): void {
  const sounding = new Set<HTMLMediaElement>()
  window.sounding = sounding
  const { play } = HTMLMediaElement.prototype
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    sounding.add(this)
    return play.call(this)
  }
  const captured: MediaStreamTrack[] = []
  window.captured = captured
  const actions = new Map<string, (() => void) | null>()
  window.actions = actions
  MediaSession.prototype.setActionHandler = (action, call) => {
    actions.set(action, call as (() => void) | null)
  }
  // Blank pages have none.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) return
  const ask = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (constraints) => {
    const stream = await ask(constraints)
    captured.push(...stream.getTracks())
    return stream
  }
}

/** What a locked screen or a headset asks of the page. */
export function press(page: Page, action: string): Promise<void> {
  return page.evaluate((name) => window.actions?.get(name)?.(), action)
}

/** How many tracks of cameras and microphones the page holds: 0 and their lights are out. */
export function capturesOf(page: Page): Promise<number> {
  return page.evaluate(
    () => (window.captured ?? []).filter(({ readyState }) => readyState === 'live').length,
  )
}

/**
 * The loudest of some seconds in which somebody who speaks is heard, 0–1; sooner where it is louder
 * than `enough`.
 */
export function loudnessOn(page: Page, enough = 1): Promise<number> {
  return page.evaluate(async (most) => {
    const context = new AudioContext()
    await context.resume()
    const analyser = context.createAnalyser()
    for (const element of window.sounding ?? []) {
      const stream = element.srcObject
      const isHeard = !element.paused && !element.muted && element.volume > 0
      if (!isHeard || !(stream instanceof MediaStream)) continue
      if (stream.getAudioTracks().length > 0)
        context.createMediaStreamSource(stream).connect(analyser)
    }
    const samples = new Float32Array(analyser.fftSize)
    let loudest = 0
    const end = performance.now() + 1_500
    while (loudest <= most && performance.now() < end) {
      await new Promise(requestAnimationFrame)
      analyser.getFloatTimeDomainData(samples)
      loudest = samples.reduce((high, value) => Math.max(high, Math.abs(value)), loudest)
    }
    await context.close()
    return loudest
  }, enough)
}

/**
 * Waits for an element of a page that nobody has touched: other ways of looking count as a click,
 * after which browsers let a page sound.
 */
export async function shownUntouched(page: Page, selector: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const expression = `document.querySelector(${JSON.stringify(selector)}) !== null`
  await vi.waitFor(
    async () => {
      const { result } = await session.send('Runtime.evaluate', { expression, userGesture: false })
      expect(result.value, `${selector} is shown`).toBe(true)
    },
    { timeout: 30_000, interval: 100 },
  )
  await session.detach()
}
