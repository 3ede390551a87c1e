/** Keeps the tiles of a stage as large as it has place for them. */
import { type RefObject, useLayoutEffect } from 'react'
import { type Box, tileGapPx, tilesBeside, tilesIn } from './player-tiles.ts'

/** Tells the box's style how large they are; without a re-render, as the window is drawn. */
export function useTiles(
  box: RefObject<HTMLElement | null>,
  { count, isScreen }: { count: number; isScreen: boolean },
): void {
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const fit = (place: Box) => {
      const tiles = isScreen
        ? tilesBeside(place, count)
        : { ...tilesIn(place, count), isBelow: false }
      element.style.setProperty('--tile-width', `${tiles.width}px`)
      element.style.setProperty('--tile-height', `${tiles.height}px`)
      element.style.setProperty('--tiles', String(tiles.columns))
      element.style.setProperty('--tile-gap', `${tileGapPx}px`)
      element.toggleAttribute('data-below', tiles.isBelow)
    }
    const observer = new ResizeObserver(([entry]) => {
      if (entry) fit(entry.contentRect)
    })
    const { paddingTop, paddingRight, paddingBottom, paddingLeft } = getComputedStyle(element)
    fit({
      width: element.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight),
      height: element.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom),
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [box, count, isScreen])
}
