/** The crowd as a component: its size comes from its box, the rest through its drawing. */
import { type RefObject, useEffect, useRef } from 'react'
import { CrowdDrawing } from './crowd-drawing.ts'

function prefersCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches
}

export function Crowd(props: { viewers: number; drawing?: RefObject<CrowdDrawing | null> }) {
  const { viewers, drawing } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const own = useRef<CrowdDrawing | null>(null)
  const latest = useRef(viewers)

  useEffect(() => {
    const element = canvas.current
    if (!element?.parentElement) return
    const made = new CrowdDrawing(element, prefersCalm)
    own.current = made
    if (drawing) drawing.current = made
    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect
      if (!box || box.width === 0) return
      made.resize(box.width, box.height)
      made.fill(latest.current)
    })
    observer.observe(element.parentElement)
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

  return <canvas ref={canvas} className="stage-crowd" aria-hidden="true" />
}
