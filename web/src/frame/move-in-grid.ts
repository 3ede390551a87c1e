/** Where an arrow key leads in a grid of controls: to the nearest that way, over its gaps too. */

export function nextInGrid(
  key: string,
  controls: readonly HTMLElement[],
  from: Element | null,
): HTMLElement | undefined {
  const index = controls.findIndex((control) => control === from)
  const current = controls[index]
  if (!current) return undefined
  const ways: Record<string, () => HTMLElement | undefined> = {
    ArrowLeft: () => controls[index - 1],
    ArrowRight: () => controls[index + 1],
    ArrowUp: () => nearest(current, controls.slice(0, index).toReversed()),
    ArrowDown: () => nearest(current, controls.slice(index + 1)),
    Home: () => controls[0],
    End: () => controls.at(-1),
  }
  return ways[key]?.()
}

function nearest(from: HTMLElement, others: readonly HTMLElement[]): HTMLElement | undefined {
  const { left, top } = from.getBoundingClientRect()
  const row = others.find((other) => other.getBoundingClientRect().top !== top)
  const rowTop = row?.getBoundingClientRect().top
  const inRow = others.filter((other) => other.getBoundingClientRect().top === rowTop)
  const away = (other: HTMLElement) => Math.abs(other.getBoundingClientRect().left - left)
  return inRow.toSorted((a, b) => away(a) - away(b))[0]
}
