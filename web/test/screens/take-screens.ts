/** Takes a scene's pictures in every window, theme and language, and lets axe look at it. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { brokenRules } from '../axe.ts'
import { sizes, watch } from '../browser.ts'
import type { Shot } from './contact-sheet.ts'
import type { Scene } from './scene.ts'
import type { ScreenHouse } from './screen-house.ts'

export interface Taken {
  shots: Shot[]
  /** Console errors, requests to other hosts, axe violations, states not reached. */
  faults: string[]
}

const readyMs = 10_000
const widths = Object.keys(sizes) as (keyof typeof sizes)[]
/** An open menu or dialog takes the page behind it away from assistive technology. */
const behindDialogs = ['landmark-one-main', 'page-has-heading-one']
const themes = ['dark', 'light'] as const

export async function takeScene(house: ScreenHouse, scene: Scene, folder: string): Promise<Taken> {
  const taken: Taken = { shots: [], faults: [] }
  const context = await house.browserOf(scene.as)
  const page = await context.newPage()
  const name = `${scene.page} · ${scene.state}`
  const fault = (text: string) => void taken.faults.push(`${name}: ${text}`)
  watch(page, house.url, (text) => {
    if (!scene.fine?.test(text)) fault(text)
  })
  const shoot = async (width: keyof typeof sizes, theme: string, language: string) => {
    const look = [sizes[width].width, theme, ...(language === 'en' ? [] : [language])].join('-')
    const file = `${scene.page}-${scene.state}-${look}.png`.replaceAll(/[^\w.-]+/g, '_')
    await page.screenshot({ path: join(folder, file), animations: 'disabled' })
    taken.shots.push({ page: scene.page, state: scene.state, look, file })
  }
  try {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await reach(page, house.url, scene)
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      for (const width of widths) {
        await page.setViewportSize(sizes[width])
        await settle(page)
        await shoot(width, theme, 'en')
        for (const wrong of await wrongIn(page, width, scene)) fault(`${width}, ${theme}: ${wrong}`)
      }
    }
    if (scene.nepali) {
      await page.evaluate(() => localStorage.setItem('odeon.language', 'ne'))
      await page.setViewportSize(sizes.desktop)
      await reach(page, house.url, scene)
      for (const width of widths) {
        await page.setViewportSize(sizes[width])
        await settle(page)
        await shoot(width, 'light', 'ne')
        for (const wrong of await wrongIn(page, width, scene)) fault(`${width}, Nepali: ${wrong}`)
      }
    }
  } catch (error) {
    fault(`not reached: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
    await shoot('desktop', 'not reached', 'en')
  } finally {
    await scene.after?.(page)
    await page.evaluate(() => localStorage.removeItem('odeon.language')).catch(() => undefined)
    await page.close()
  }
  return taken
}

async function reach(page: Page, url: string, scene: Scene): Promise<void> {
  await scene.before?.(page)
  await page.goto(url + scene.path)
  await page
    .locator(scene.ready)
    .first()
    .waitFor({ timeout: scene.waitMs ?? readyMs })
  await scene.act?.(page)
}

/** Faces there and two frames drawn: what is seen is what stays. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  })
}

async function wrongIn(page: Page, width: keyof typeof sizes, { act }: Scene): Promise<string[]> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const wide = over > 0 ? [`wider than the window by ${over} px`] : []
  // Tablets have the same parts as desktops; axe is the slowest step.
  if (width === 'tablet') return wide
  const broken = await brokenRules(page, 'html', act ? behindDialogs : [])
  return [
    ...wide,
    ...broken.map(({ id, help, elements }) => `axe ${id}: ${help}: ${elements.join(' ')}`),
  ]
}
