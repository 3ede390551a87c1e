/** What axe finds wrong with a page that stands still. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** One line for each rule that is broken inside `part`, with the elements that break it. */
export async function violationsOn(page: Page, part = 'body'): Promise<string[]> {
  await atRest(page)
  // No page of ours holds one of another host, so nothing need be put together in a page beside it.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(part).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** The same, and whether the page is wider than its window. */
export async function wrongOn(page: Page, part = 'body'): Promise<string[]> {
  return [...(await tooWide(page)), ...(await violationsOn(page, part))]
}

export async function tooWide(page: Page): Promise<string[]> {
  const over = await overflowOf(page)
  return over > 0 ? [`${over} px wider than the window`] : []
}

/**
 * Pixels by which the page is wider than its window, once it has answered a change of that: what
 * is measured by a script is so some frames later.
 */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { documentElement: root } = document
    const over = () => root.scrollWidth - root.clientWidth
    for (let frame = 0; frame < 20 && over() > 0; frame++) await new Promise(requestAnimationFrame)
    return over()
  })
}

/** Half-way through a change of theme, colours are those of neither. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // A change of window or theme is answered with the next frame.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
    const moving = document.getAnimations().filter((one) => {
      const endsAt = Number(one.effect?.getComputedTiming().endTime)
      return one.playState === 'running' && Number.isFinite(endsAt)
    })
    await Promise.all(moving.map((one) => one.finished.catch(() => one)))
  })
}
