/**
 * Pages in every window and theme: what is wrong with them, and pictures for people to look at in
 * the folder that `PICTURES` names. Where it names none, only those where people send are kept.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { tooWide, wrongOn } from './axe.ts'
import { sizes } from './browser.ts'

/** A picture takes a tenth of a second, and there are hundreds. Git knows neither folder. */
const folderFor = (name: string): string | undefined =>
  process.env.PICTURES ?? (/^(studio|voices)-/.test(name) ? usualFolder : undefined)
const usualFolder = join(import.meta.dirname, '../../.odeon/pictures')

/** Of the window as it is; `name` says whose page in which state. */
export async function keepPicture(page: Page, name: string, look: string): Promise<void> {
  const folder = folderFor(name)
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}-${look}.png`)
  // A page whose canvas the processor draws is slow to hold still.
  await page.screenshot({ path, animations: 'disabled', timeout: 60_000 })
}

export const looks = Object.values(sizes).flatMap((size) =>
  (['dark', 'light'] as const).map((theme) => ({ size, theme })),
)
export type Look = (typeof looks)[number]

/** In each look: a picture if wanted, and what axe or a ruler finds wrong, one line each. */
export async function wrongInLooks(
  page: Page,
  name: string,
  { part, of = looks }: { part?: string; of?: readonly Look[] } = {},
): Promise<string[]> {
  const before = page.viewportSize() ?? sizes.desktop
  const wrong: string[] = []
  for (const { size, theme } of of) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await page.setViewportSize(size)
    const look = `${size.width}-${theme}`
    // Tablets have the same parts as desktops; axe is the slowest step.
    const found = size === sizes.tablet ? await tooWide(page) : await wrongOn(page, part)
    wrong.push(...found.map((text) => `${name}, ${look}: ${text}`))
    await keepPicture(page, name, look)
  }
  await page.setViewportSize(before)
  return wrong
}
