/** What tests of rooms with voices in them do: begin one, come, come up to speak, listen. */
import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { loudnessOn, withEars } from './ears.ts'
import type { House, sizes } from './house.ts'
import { wrongInLooks } from './pictures.ts'

/** Nothing is told there: rooms find out by themselves. */
export const nowhere = 'http://127.0.0.1:9/'
export const until = { timeout: 30_000, interval: 100 }
/** Encoders and decoders share few cores here. */
export const patience = { timeout: 30_000 }
const heardFrom = 0.02

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true })
export const seat = (page: Page, name: string) => page.locator('.seat', { hasText: name })
export const heardOn = (page: Page) =>
  vi.waitFor(async () => {
    expect(await loudnessOn(page, heardFrom)).toBeGreaterThan(heardFrom)
  }, until)
export const silentOn = (page: Page) =>
  vi.waitFor(async () => expect(await loudnessOn(page)).toBe(0), until)
export const speaks = (page: Page, name: string) =>
  page.locator('.seat[data-speaking]', { hasText: name }).waitFor(patience)
export const looksRight = async (page: Page, state: string, part?: string) =>
  expect(await wrongInLooks(page, `voices-${state}`, { part })).toEqual([])

/** A room that has begun, and its host in front of it. */
export async function begun(at: House, username: string, title: string) {
  const odeon = await at.person(username)
  const { id } = await odeon.streams.create({ title, medium: 'audio' })
  const host = await at.signedIn(username, `/live/${id}`, { calm: true })
  await button(host, 'Start').click()
  await host.locator('.live-badge').waitFor()
  return { id, host }
}

export async function guest(at: House, id: string, size: keyof typeof sizes = 'desktop') {
  const page = await at.page('/', { calm: true, size, before: withEars })
  // Browsers let a page sound that somebody came to by a click.
  await page.evaluate((path) => location.assign(path), `/live/${id}`)
  await page.locator('.hall').waitFor()
  return page
}

/** A hand, an invitation, and a seat with the microphone on. */
export async function comeUp(host: Page, page: Page): Promise<void> {
  await button(page, 'Raise hand').click()
  await button(host, '1 raised hand').click()
  await button(host, /^Invite Guest/).click()
  await host.keyboard.press('Escape')
  await button(page, 'Join with microphone').click()
  await button(page, 'Mute').waitFor()
}
