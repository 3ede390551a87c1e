/**
 * The canvas of the bar in a box of the page: fetched and opened with the battle. Where it cannot
 * be had, or was lost, the bar of the page itself is seen.
 */
import { type RefObject, useEffect, useState } from 'react'
import type { Pull, TugCanvas } from './tug/tug-canvas.ts'

/** A page opens it so often in vain, or for it to be lost; then it stays without. */
const triesMax = 3

/** True while the canvas shows the bar. */
export function useTug(
  box: RefObject<HTMLElement | null>,
  mayMove: boolean,
  pulls: readonly Pull[],
): boolean {
  const [canvas, setCanvas] = useState<TugCanvas>()
  const [tries, setTries] = useState(0)
  const isWanted = mayMove && tries < triesMax
  useEffect(() => {
    const host = box.current
    if (!host || !isWanted) return
    let isGone = false
    let opened: TugCanvas | undefined
    const fit = () => opened?.resize(host.clientWidth, host.clientHeight)
    const observer = new ResizeObserver(fit)
    const lost = (because: 'lost' | 'slow') => {
      if (isGone) return
      setCanvas(undefined)
      setTries((now) => (because === 'slow' ? triesMax : now + 1))
    }
    const open = async () => {
      const { TugCanvas: Canvas } = await import('./tug/tug-canvas.ts')
      const made = await Canvas.open(host, lost)
      if (isGone) return made.close()
      opened = made
      fit()
      observer.observe(host)
      setCanvas(made)
    }
    open().catch((error: unknown) => {
      // The bar of the page tells the same; why nothing moves is for whoever looks there.
      host.dataset['still'] = String(error)
      lost('lost')
    })
    return () => {
      isGone = true
      observer.disconnect()
      opened?.close()
      setCanvas(undefined)
    }
  }, [box, isWanted, tries])
  // It knows by itself whether that is news.
  useEffect(() => canvas?.pull(pulls))
  return canvas !== undefined
}
