// A room of voices with voices in it: people who speak into microphones, a real LiveKit between
// them, and somebody who only listens.
import type { Page } from 'playwright-core'
import { describe, expect, test, vi } from 'vitest'
import {
  demandLiveKit,
  hasLiveKit,
  privateLiveKit,
} from '../../server/src/media/livekit/testing/private-livekit.ts'
import { capturesOf, loudnessOn, press, shownUntouched, withEars } from './ears.ts'
import { demandBrowser, hasBrowser, house, type sizes } from './house.ts'
import { wrongInLooks } from './pictures.ts'
import { spokenInto } from './speech.ts'

demandBrowser()
demandLiveKit()
const canRun = hasBrowser && hasLiveKit

/** Nothing is told there: rooms find out by themselves. */
const nowhere = 'http://127.0.0.1:9/'
const until = { timeout: 30_000, interval: 100 }
/** Encoders and decoders share few cores here. */
const patience = { timeout: 30_000 }
const heardFrom = 0.02

describe.runIf(canRun)('voices in a room of voices', async () => {
  const at = house(canRun ? { media: await privateLiveKit(nowhere) } : {}, await spokenInto())

  const button = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name, exact: true })
  const seat = (page: Page, name: string) => page.locator('.seat', { hasText: name })
  const heardOn = (page: Page) =>
    vi.waitFor(async () => {
      expect(await loudnessOn(page, heardFrom)).toBeGreaterThan(heardFrom)
    }, until)
  const silentOn = (page: Page) =>
    vi.waitFor(async () => expect(await loudnessOn(page)).toBe(0), until)
  const speaks = (page: Page, name: string) =>
    page.locator('.seat[data-speaking]', { hasText: name }).waitFor(patience)
  const looksRight = async (page: Page, state: string, part?: string) =>
    expect(await wrongInLooks(page, `voices-${state}`, { part })).toEqual([])
  const levelMoves = async (page: Page) => {
    const meter = page.getByRole('meter', { name: 'Microphone level' })
    const levels = new Set<string | null>()
    await vi.waitFor(async () => {
      levels.add(await meter.getAttribute('aria-valuenow'))
      expect(levels.size).toBeGreaterThan(3)
    }, until)
  }
  /** A room that has begun, and its host in front of it. */
  const begun = async (username: string, title: string) => {
    const odeon = await at.person(username)
    const { id } = await odeon.streams.create({ title, medium: 'audio' })
    const host = await at.signedIn(username, `/live/${id}`, { calm: true })
    await button(host, 'Start').click()
    await host.locator('.live-badge').waitFor()
    return { id, host }
  }
  const guest = async (id: string, size: keyof typeof sizes = 'desktop') => {
    const page = await at.page('/', { calm: true, size, before: withEars })
    // Browsers let a page sound that somebody came to by a click.
    await page.evaluate((path) => location.assign(path), `/live/${id}`)
    await page.locator('.hall').waitFor()
    return page
  }
  /** A hand, an invitation, and a seat with the microphone on. */
  const comeUp = async (host: Page, page: Page) => {
    await button(page, 'Raise hand').click()
    await button(host, '1 raised hand').click()
    await button(host, /^Invite Guest/).click()
    await host.keyboard.press('Escape')
    await button(page, 'Join with microphone').click()
    await button(page, 'Mute').waitFor()
  }

  test('[VOI-05] [VOI-07] who is let speak is heard and ringed on every page, who is silenced is not, and a seat left is silent', async () => {
    const { id, host } = await begun('mira_speaks', 'What we carry home')
    const listener = await guest(id, 'phone')
    const ann = await guest(id)
    const everybody = [host, listener, ann]
    await button(host, 'Turn microphone on').click()
    await button(host, 'Mute').waitFor()
    await heardOn(listener)
    await speaks(host, 'You')
    await speaks(listener, 'mira_speaks')

    await comeUp(host, ann)
    await host.keyboard.press('m')
    await button(host, 'Unmute').waitFor()
    for (const page of [host, listener]) await speaks(page, 'Guest')
    await speaks(ann, 'You')
    for (const page of everybody) {
      await page.locator('.seat:not([data-speaking])', { hasText: 'Host' }).waitFor(patience)
    }
    await heardOn(listener)

    await button(host, /^Guest \d+ ?Speaker/).click()
    await host.getByRole('menuitem', { name: /^Mute Guest/ }).click()
    const hushed = button(ann, 'A moderator muted you')
    await hushed.waitFor()
    await silentOn(listener)
    await hushed.click({ force: true })
    await ann.keyboard.press('m')
    await hushed.waitFor()
    await silentOn(listener)
    await host.locator('.floor-note').getByRole('button', { name: 'Undo' }).click()
    await button(ann, 'Unmute').click()
    await button(ann, 'Mute').waitFor()
    await heardOn(listener)

    await button(ann, 'Leave your seat').click()
    await button(ann, 'Raise hand').waitFor()
    await silentOn(listener)
    await vi.waitFor(async () => expect(await capturesOf(ann)).toBe(0), until)
  }, 240_000)

  test('[VOI-07] [VOI-08] [VOI-10] the page with voices in it is accessible in both languages, and a window that is loaded again goes on', async () => {
    const { id, host } = await begun('mira_looks', 'मिठा रातका कथा')
    const listener = await guest(id, 'phone')
    await button(host, 'Turn microphone on').click()
    await button(host, 'Mute').waitFor()
    await speaks(listener, 'mira_looks')
    await looksRight(listener, 'listener')
    await button(host, 'Microphone').press('Enter')
    const microphone = host.getByRole('combobox', { name: 'Microphone' })
    const names = await microphone.locator('option').allTextContents()
    const [wanted = ''] = names.toReversed()
    await microphone.selectOption(wanted)
    await levelMoves(host)
    await host.getByText('We hear you.').waitFor()
    await heardOn(listener)
    await looksRight(host, 'microphone', '.floor-popover')
    await host.keyboard.press('Escape')
    for (const page of [host, listener]) {
      await page.evaluate(() => localStorage.setItem('odeon.language', 'ne'))
      await page.reload()
      await page.getByRole('list', { name: 'बोल्नेहरू' }).waitFor()
    }
    await heardOn(listener)
    await speaks(listener, 'mira_looks')
    await button(host, 'माइक').click()
    await expect.poll(() => host.locator('.microphone option:checked').textContent()).toBe(wanted)
    await host.keyboard.press('Escape')
    await looksRight(host, 'host-ne')
    await looksRight(listener, 'listener-ne')
  }, 240_000)

  test('[VOI-09] when the host is lost whom they named leads, is heard all the while, and says so to everybody', async () => {
    const { id, host } = await begun('mira_leaves', 'A room that goes on')
    const ann = await guest(id)
    const listener = await guest(id, 'phone')
    await comeUp(host, ann)
    await button(host, /^Guest \d+ ?Speaker/).click()
    await host.getByRole('menuitem', { name: 'Lead when I am away' }).click()
    await seat(ann, 'Leads next').waitFor()
    await host.close()
    await listener.getByText(/^mira_leaves lost the connection\./).waitFor(patience)
    await heardOn(listener)
    await ann.getByText('You lead while mira_leaves is away.').waitFor({ timeout: 60_000 })
    await listener.getByText(/^Guest \d+ leads while mira_leaves is away\.$/).waitFor()
    await looksRight(ann, 'leading')
    await heardOn(listener)

    // Whoever comes by an address has not touched the page yet.
    at.allow(/^The AudioContext was not allowed to start/)
    await at.signedIn('mira_leaves', `/live/${id}`, { calm: true })
    await listener.getByText(/leads while mira_leaves is away/).waitFor({ state: 'detached' })
    await seat(ann, 'Leads next').waitFor()
  }, 240_000)

  test('[VOI-11] a tap lets voices sound that the browser holds back, a locked screen pauses, mutes and leaves', async () => {
    const { id, host } = await begun('mira_rests', 'Under the blanket')
    await button(host, 'Turn microphone on').click()
    await button(host, 'Mute').waitFor()
    at.allow(/^The AudioContext was not allowed to start/)
    const listener = await at.page(`/live/${id}`, { calm: true, size: 'phone', before: withEars })
    await shownUntouched(listener, '.floor-note .link-button')
    expect(await loudnessOn(listener)).toBe(0)
    await button(listener, 'Tap to listen').click()
    await heardOn(listener)

    const shown = await listener.evaluate(() => {
      const { metadata, playbackState } = navigator.mediaSession
      return [metadata?.title, metadata?.artist, playbackState]
    })
    expect(shown).toEqual(['Under the blanket', 'mira_rests', 'playing'])
    await press(listener, 'pause')
    await listener.getByText('You paused the sound.').waitFor()
    await silentOn(listener)
    await press(listener, 'play')
    await heardOn(listener)

    const ann = await guest(id)
    await comeUp(host, ann)
    await press(ann, 'togglemicrophone')
    await button(ann, 'Unmute').waitFor()
    await press(ann, 'hangup')
    await ann.waitForURL(`${at.url}/`)
    await seat(listener, 'Guest').waitFor({ state: 'detached' })
    await vi.waitFor(async () => expect(await capturesOf(ann)).toBe(0), until)
  }, 240_000)
})
