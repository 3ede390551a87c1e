/** What axe finds wrong with a page that stands still. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** One line for each rule that is broken inside `part`, with the elements that break it. */
export async function violationsOn(page: Page, part = 'body'): Promise<string[]> {
  // Half-way through a change of theme, colours are those of neither.
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter((one) => {
      return one.effect?.getComputedTiming().iterations !== Infinity
    })
    await Promise.all(moving.map((one) => one.finished.catch(() => one)))
  })
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** The same, and whether the page is wider than its window. */
export async function wrongOn(page: Page, part = 'body'): Promise<string[]> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const wide = over > 0 ? [`${over} px wider than the window`] : []
  return [...wide, ...(await violationsOn(page, part))]
}
