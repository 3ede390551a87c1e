/** The crowd as a component: its size comes from its box, the rest through its drawing. */
import { type RefObject, useEffect, useRef } from 'react'
import { CrowdDrawing } from './crowd-drawing.ts'

export function Crowd(props: { viewers: number; drawing?: RefObject<CrowdDrawing | null> }) {
  const { viewers, drawing } = props
  const still = useRef<HTMLCanvasElement>(null)
  const lights = useRef<HTMLCanvasElement>(null)
  const own = useRef<CrowdDrawing | null>(null)
  const latest = useRef(viewers)

  useEffect(() => {
    const [under, over] = [still.current, lights.current]
    if (!under?.parentElement || !over) return
    const calm = matchMedia('(prefers-reduced-motion: reduce)')
    const made = new CrowdDrawing({ still: under, lights: over }, () => calm.matches)
    own.current = made
    if (drawing) drawing.current = made
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect
      if (!box || box.width === 0) return
      made.resize(box.width, box.height)
      made.fill(latest.current)
    })
    observer.observe(under.parentElement)
    return () => {
      observer.disconnect()
      made.stop()
      own.current = null
      if (drawing) drawing.current = null
    }
  }, [drawing])

  useEffect(() => {
    latest.current = viewers
    own.current?.fill(viewers)
  }, [viewers])

  return (
    <>
      <canvas ref={still} className="stage-crowd" aria-hidden="true" />
      <canvas ref={lights} className="stage-crowd" aria-hidden="true" />
    </>
  )
}
