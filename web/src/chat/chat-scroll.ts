/**
 * Keeps what is being read where it is. Following, the newest line stays at the bottom; scrolled
 * up, the first visible line keeps its place while lines come and go around it.
 */
export interface Anchor {
  key: string
  /** Distance of the line's top from the top of the visible part, in px. */
  offset: number
}

const bottomSlackPx = 28

export function isAtBottom(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight <= bottomSlackPx
}

/** The first line that is at least partly visible. */
export function anchorOf(box: HTMLElement, list: HTMLElement): Anchor | null {
  const rows = list.children
  let low = 0
  let high = rows.length - 1
  const base = list.offsetTop - box.scrollTop
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle] as HTMLElement
    if (base + row.offsetTop + row.offsetHeight > 0) high = middle
    else low = middle + 1
  }
  const row = rows[low] as HTMLElement | undefined
  const key = row?.dataset.key
  return row && key !== undefined ? { key, offset: base + row.offsetTop } : null
}

export function restore(box: HTMLElement, list: HTMLElement, anchor: Anchor): void {
  const row = list.querySelector<HTMLElement>(`[data-key="${CSS.escape(anchor.key)}"]`)
  if (!row) return
  const moved = list.offsetTop - box.scrollTop + row.offsetTop - anchor.offset
  if (Math.abs(moved) >= 1) box.scrollTop += moved
}
