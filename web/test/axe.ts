/** What axe finds wrong with a page that stands still. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** One line for each rule that is broken inside `part`, with the elements that break it. */
export async function violationsOn(page: Page, part = 'body'): Promise<string[]> {
  await atRest(page)
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/** The same, and whether the page is wider than its window. */
export async function wrongOn(page: Page, part = 'body'): Promise<string[]> {
  await atRest(page)
  const over = await overflowOf(page)
  const wide = over > 0 ? [`${over} px wider than the window`] : []
  return [...wide, ...(await violationsOn(page, part))]
}

/** Pixels by which the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

/**
 * Waits until a page has answered a change of its window or theme: what is measured by a script
 * is so a frame later, and half-way through a change colours are those of neither.
 */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const moving = () =>
      document.getAnimations().filter((one) => {
        return one.playState === 'running' && Number.isFinite(endOf(one))
      })
    const endOf = (one: Animation) => Number(one.effect?.getComputedTiming().endTime)
    // Bounded: on a page of a crowd something always moves.
    for (let round = 0; round < 20; round++) {
      await Promise.all(moving().map((one) => one.finished.catch(() => one)))
      await frame()
      await frame()
      if (moving().length === 0) return
    }
  })
}
