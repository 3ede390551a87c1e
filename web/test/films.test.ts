/** Films in a real browser: played beside the replay, renewed, and managed by their owner. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LiveConnection } from '@odeon/sdk'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { standInEgress } from '../../server/src/outputs/testing/stand-in-egress.ts'
import { violationsOn } from './axe.ts'
import { filmedIn } from './film-reel.ts'
import { demandBrowser, hasBrowser, house } from './house.ts'
import { keepPicture, wrongInLooks } from './pictures.ts'

demandBrowser()
const standIn = await standInEgress()
const folder = await mkdtemp(join(tmpdir(), 'odeon-films-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const filmSeconds = 12
/** The film begins so long after its stream, as a real one does. */
const lateMs = 1_500

describe.runIf(hasBrowser)('films', () => {
  const at = house(
    {
      media: standIn,
      outputs: {
        records: true,
        folder: '/out',
        hlsUrl: undefined,
        minutesADay: 0,
        filmsMax: 0,
        runsMax: 0,
        filmHours: 0,
      },
      films: { keptDays: 60, folder, publicEndpoint: undefined },
    },
    ['--autoplay-policy=no-user-gesture-required'],
  )
  let id = ''

  beforeAll(async () => {
    const host = await at.person('film_maker')
    id = (await host.streams.create({ title: 'A night on film' })).id
    const stage: LiveConnection = await host.live.join(id)
    await stage.start()
    const startedAt = Date.now()
    await vi.waitUntil(() => standIn.runs.length === 1, { timeout: 20_000 })
    const reel = await filmedIn(await at.page('/'), filmSeconds)
    await stage.chat.send('the first line')
    const path = standIn.orders[0]?.fileOutputs[0]?.filepath.replace('/out/', '') ?? ''
    await mkdir(join(folder, 'films'), { recursive: true })
    await writeFile(join(folder, path), reel)
    const bytes = reel.length
    standIn.film = { bytes, durationMs: filmSeconds * 1_000, startedAt: startedAt + lateMs }
    await stage.end()
    await stage.leave()
    const isThere = async () => (await host.channels.outputs.films(id)).films.length === 1
    await vi.waitUntil(isThere, { timeout: 20_000, interval: 500 })
  }, 90_000)

  const film = (page: Page) => page.locator('.film-screen > :not([data-behind])')
  const filmTime = (page: Page) =>
    film(page).evaluate((screen) => (screen as HTMLMediaElement).currentTime)
  const isResting = (page: Page) =>
    film(page).evaluate((screen) => (screen as HTMLMediaElement).paused)
  const replayTime = async (page: Page) =>
    Number(await page.getByRole('slider', { name: 'Place in the stream' }).inputValue())
  const bar = (page: Page) => page.getByRole('group', { name: 'Playing' })
  const shown = (page: Page) => page.locator('.film[data-showing="shown"]').waitFor()
  /** How far apart the two are, ms. */
  const apart = async (page: Page) =>
    Math.abs((await filmTime(page)) * 1_000 + lateMs - (await replayTime(page)))

  test('[WEB-166] an owner plays a film that nobody else sees, and makes it public', async () => {
    const page = await at.signedIn('film_maker', `/live/${id}`)
    await shown(page)
    const viewer = await at.page(`/live/${id}`)
    await bar(viewer).waitFor()
    expect(await film(viewer).count()).toBe(0)
    await page.getByRole('button', { name: 'Make the film public' }).click()
    await page.getByRole('button', { name: 'Make the film private' }).waitFor()
    await viewer.reload()
    await shown(viewer)
    expect(await violationsOn(viewer)).toEqual([])
  })

  test('[WEB-164] film and replay play, rest, move and hasten as one, whichever is asked', async () => {
    const page = await at.page(`/live/${id}?t=4`)
    await shown(page)
    await expect.poll(() => apart(page)).toBeLessThan(600)
    await bar(page).getByRole('button', { name: 'Play' }).click()
    await expect.poll(() => isResting(page)).toBe(false)
    await expect.poll(() => replayTime(page)).toBeGreaterThan(5_000)
    expect(await apart(page)).toBeLessThan(600)
    await film(page).evaluate((screen) => (screen as HTMLMediaElement).pause())
    await bar(page).getByRole('button', { name: 'Play' }).waitFor()
    await page.getByRole('slider', { name: 'Place in the stream' }).focus()
    await page.keyboard.press('Home')
    await expect.poll(() => filmTime(page)).toBe(0)
    await film(page).evaluate((screen) => {
      ;(screen as HTMLMediaElement).currentTime = 6
    })
    await expect.poll(() => replayTime(page)).toBeGreaterThan(7_000)
    await film(page).evaluate((screen) => {
      ;(screen as HTMLMediaElement).playbackRate = 2
    })
    await expect.poll(() => page.getByLabel('Speed').inputValue()).toBe('2')
    await page.getByLabel('Speed').selectOption('0.5')
    await expect
      .poll(() => film(page).evaluate((screen) => (screen as HTMLMediaElement).playbackRate))
      .toBe(0.5)
    await film(page).evaluate((screen) => (screen as HTMLMediaElement).play())
    await bar(page).getByRole('button', { name: 'Pause' }).waitFor()
    await page.keyboard.press('k')
    await expect.poll(() => isResting(page)).toBe(true)
  })

  /** What is seen of the film's own sound, as loud as it plays. */
  const loudness = (page: Page) =>
    film(page).evaluate((screen) => {
      const { muted, volume } = screen as HTMLMediaElement
      return muted ? 0 : volume
    })

  test('[WEB-213] sound, the whole screen and the bar are the one set of controls', async () => {
    const page = await at.page(`/live/${id}?t=4`)
    await shown(page)
    expect(await film(page).evaluate((screen) => (screen as HTMLMediaElement).controls)).toBe(false)
    const tools = page.getByRole('group', { name: 'Picture and sound' })
    await page.keyboard.press('m')
    await expect.poll(() => loudness(page)).toBe(0)
    await tools.getByRole('button', { name: 'Unmute' }).waitFor()
    await page.keyboard.press('m')
    await tools.getByRole('slider', { name: 'Volume' }).fill('30')
    await expect.poll(() => loudness(page)).toBeCloseTo(0.3)
    // Pressed, it plays and rests.
    await page.locator('.film-screen').click({ position: { x: 40, y: 80 } })
    await expect.poll(() => isResting(page)).toBe(false)
    await page.locator('.film-screen').click({ position: { x: 40, y: 80 } })
    await expect.poll(() => isResting(page)).toBe(true)

    await page.keyboard.press('f')
    const full = page.locator('.room-picture:fullscreen')
    await full.getByRole('slider', { name: 'Place in the stream' }).waitFor()
    await full.getByRole('button', { name: 'Leave full screen' }).waitFor()
    expect(await bar(page).count()).toBe(1)
    await keepPicture(page, 'film-full', '1440-dark')
    await full.locator('.replay-play').click()
    await expect.poll(() => isResting(page)).toBe(false)
    await page.keyboard.press('f')
    await full.waitFor({ state: 'detached' })
    await page.reload()
    await shown(page)
    await expect.poll(() => loudness(page)).toBeCloseTo(0.3)
    expect(await wrongInLooks(page, 'film')).toEqual([])
  })

  test('[WEB-164] where the film is over the replay goes on to what the stream came to', async () => {
    const page = await at.page(`/live/${id}?t=9`)
    await shown(page)
    await page.getByLabel('Speed').selectOption('4')
    await film(page).evaluate((screen) => (screen as HTMLMediaElement).play())
    await page.getByText('Minutes watched').waitFor()
    expect(await film(page).count()).toBe(0)
  })

  test('[WEB-165] a new link takes over while the film plays, without a break', async () => {
    const page = await at.page('/')
    // The page renews a link a minute before it ends: this one three seconds from now.
    await page.route('**/v1/streams/*/films', async (route) => {
      const reply = await route.fetch()
      const { films, ...rest } = (await reply.json()) as { films: { link: { forMs: number } }[] }
      for (const { link } of films) link.forMs = 63_000
      await route.fulfill({ response: reply, json: { films, ...rest } })
    })
    await page.goto(`${at.url}/live/${id}`)
    await shown(page)
    const first = await film(page).getAttribute('src')
    await bar(page).getByRole('button', { name: 'Play' }).click()
    await page.evaluate(watchTheFilm)
    await expect.poll(() => film(page).getAttribute('src'), { timeout: 8_000 }).not.toBe(first)
    await expect.poll(() => filmTime(page)).toBeGreaterThan(4)
    expect(await page.locator('.film-screen > *').count()).toBe(1)
    const { breaks, leapMs } = await page.evaluate(() => window.filmWatched)
    expect(breaks).toEqual([])
    expect(leapMs).toBeLessThan(400)
    expect(await isResting(page)).toBe(false)
  })

  test('[WEB-165] a link that is over is renewed; what cannot be played says so and can be tried', async () => {
    const page = await at.page('/')
    at.allow(/40[34]/)
    const refused = new Set<string>()
    let isOver = false
    await page.route('**/v1/films/**', async (route) => {
      const url = route.request().url()
      if (refused.size === 0 || isOver) refused.add(url)
      if (refused.has(url)) return await route.fulfill({ status: 403 })
      await route.continue()
    })
    await page.goto(`${at.url}/live/${id}`)
    await shown(page)
    expect(refused.size).toBe(1)
    isOver = true
    await page.reload()
    await page.getByText('The film does not play.').waitFor()
    expect(await violationsOn(page)).toEqual([])
    isOver = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await shown(page)
  })

  test('[WEB-165] [WEB-213] where nothing was recorded the film is shown with what the stream came to', async () => {
    const page = await at.page('/')
    const nothing = { startedAt: 0, durationMs: 0, segments: [], lost: [], pulse: [], pulseMs: 1 }
    await page.route('**/v1/streams/*/replay', (route) =>
      route.fulfill({ json: { status: 'none', ...nothing, quoted: {} } }),
    )
    await page.goto(`${at.url}/live/${id}`)
    await shown(page)
    await page.getByText('This stream was not recorded.').waitFor()
    await page.getByText('Minutes watched').waitFor()
    // The same bar plays it, by the same keys.
    await bar(page).getByText('/ 0:12').waitFor()
    await page.keyboard.press('k')
    await expect.poll(() => isResting(page)).toBe(false)
    await bar(page).getByRole('button', { name: 'Pause' }).click()
    await expect.poll(() => isResting(page)).toBe(true)
    await page.keyboard.press('l')
    await expect.poll(() => filmTime(page)).toBeGreaterThan(9)
    await expect.poll(() => replayTime(page)).toBeGreaterThan(9_000)
    await page.getByLabel('Speed').selectOption('2')
    await bar(page).getByRole('button', { name: 'Play' }).click()
    await expect
      .poll(() => film(page).evaluate((screen) => (screen as HTMLMediaElement).ended))
      .toBe(true)
    expect(await wrongInLooks(page, 'film-alone')).toEqual([])
  })

  test('[WEB-166] an owner sees films with length and size, hides, removes and has one back', async () => {
    const films = '/channel/film_maker/settings?tab=films'
    const page = await at.signedIn('film_maker', films, { calm: true })
    const row = page.getByRole('group', { name: 'Film of A night on film' })
    await row.getByText('0:12').first().waitFor()
    await row.getByText(/MB/).waitFor()
    await page.getByText(/kept until/).waitFor()
    await row.getByText('Everybody who may see the stream can watch it.').waitFor()
    await row.getByText('Public', { exact: true }).click()
    await row.getByText('Only you can watch it.').waitFor()
    await row.getByText('Public', { exact: true }).click()
    await row.getByText('Everybody who may see the stream can watch it.').waitFor()
    expect(await violationsOn(page)).toEqual([])
    await row.getByRole('button', { name: 'Remove the film of A night on film' }).focus()
    await page.keyboard.press('Enter')
    await row.waitFor({ state: 'detached' })
    await page.getByText('No film yet').waitFor()
    await page.getByText('The film of “A night on film” is removed.').waitFor()
    expect(await page.locator(':focus').textContent()).toBe('Undo')
    await page.keyboard.press('Enter')
    await row.waitFor()
    await page.getByText('The film of “A night on film” is removed.').waitFor({ state: 'detached' })
    await row.getByRole('link', { name: 'Watch A night on film' }).click()
    await shown(page)
  })
})

declare global {
  interface Window {
    filmWatched: { breaks: string[]; leapMs: number }
  }
}

/** Notes in the page when what is shown stops, waits, or is not where it was a moment ago. */
function watchTheFilm(): void {
  window.filmWatched = { breaks: [], leapMs: 0 }
  let before: { at: number; time: number } | undefined
  const look = () => {
    const screen = document.querySelector<HTMLMediaElement>('.film-screen > :not([data-behind])')
    if (!screen) return void window.filmWatched.breaks.push('no screen')
    const { paused, seeking, readyState, currentTime: time } = screen
    if (before && (paused || seeking || readyState < 3)) {
      window.filmWatched.breaks.push(`paused ${paused}, seeking ${seeking}, ready ${readyState}`)
    }
    const at = performance.now()
    if (before) {
      const leap = Math.abs((time - before.time) * 1_000 - (at - before.at))
      window.filmWatched.leapMs = Math.max(window.filmWatched.leapMs, leap)
    }
    if (before || !paused) before = { at, time }
    requestAnimationFrame(look)
  }
  look()
}
