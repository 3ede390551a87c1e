/** What axe finds wrong with a page that stands still. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface BrokenRule {
  id: string
  help: string
  /** The elements that break it. */
  elements: string[]
}

/** The rules that are broken inside `part`, without those that are `off`. */
export async function brokenRules(
  page: Page,
  part = 'body',
  off: readonly string[] = [],
): Promise<BrokenRule[]> {
  // Half a megabyte, so once for each time that a page is loaded. No page of ours holds another.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  const rules = Object.fromEntries(off.map((id) => [id, { enabled: false }]))
  return page.evaluate(
    async ({ within, ...options }) => {
      const there = globalThis as unknown as { axe: typeof axe }
      const { violations } = await there.axe.run(within, options)
      return violations.map(({ id, help, nodes }) => ({
        id,
        help,
        elements: nodes.map(({ html }) => html),
      }))
    },
    { within: part, rules, resultTypes: ['violations' as const] },
  )
}

/** One line for each rule that is broken inside `part`, with the elements that break it. */
export async function violationsOn(page: Page, part = 'body'): Promise<string[]> {
  await atRest(page)
  return (await brokenRules(page, part)).map(({ id, elements }) => `${id}: ${elements.join(' ')}`)
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
    const moving = () =>
      document.getAnimations().filter((one) => {
        const endsAt = Number(one.effect?.getComputedTiming().endTime)
        return one.playState === 'running' && Number.isFinite(endsAt)
      })
    let still = 0
    // A change of window or theme is answered with the next frame, and that by what moves then.
    for (let turn = 0; turn < 20 && still < 2; turn++) {
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
      const now = moving()
      still = now.length === 0 ? still + 1 : 0
      await Promise.all(now.map((one) => one.finished.catch(() => one)))
    }
  })
}
