/** The newest lines of a statement, read again and again, and where the older ones go on. */
import type { StatementPage } from '@odeon/sdk'

export interface NewestLines extends StatementPage {
  /** `n` of the last line here when older ones were asked for; these are not read again. */
  olderFrom: number | undefined
}

/** With older lines below, what a new page pushes out stays; where they no longer meet, they go. */
export function withNewest(before: NewestLines | undefined, page: StatementPage): NewestLines {
  const alone = { ...page, olderFrom: undefined }
  if (before?.olderFrom === undefined) return alone
  const known = before.lines[0]?.n ?? 0
  const last = page.lines.at(-1)?.n ?? 0
  if (last > known) return alone
  const pushedOut = before.lines.filter(({ n }) => n < last)
  return { ...page, lines: [...page.lines, ...pushedOut], olderFrom: before.olderFrom }
}
