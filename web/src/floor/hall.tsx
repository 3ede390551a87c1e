/** The hall of a room of voices: light, tiers and the crowd; what happens lies over it. */
import type { CSSProperties, ReactNode, RefObject } from 'react'
import { later } from '../frame/later.tsx'
import type { CrowdDrawing } from '../stage/crowd-drawing.ts'
import { gelOf } from '../stage/gel.ts'

const Crowd = later(async () => (await import('../stage/crowd.tsx')).Crowd)

interface HallProps {
  label: string
  /** Handle of the channel: its light. */
  handle: string
  listeners: number
  isLive: boolean
  /** A room's own, and not a picture of what will be one. */
  isRoom?: boolean
  drawing?: RefObject<CrowdDrawing | null>
  children: ReactNode
}

export function Hall(props: HallProps) {
  const { label, handle, listeners, isLive, isRoom = false, drawing, children } = props
  const style = { '--gel': gelOf(handle) } as CSSProperties
  return (
    <section
      className={isRoom ? 'room-picture hall' : 'hall'}
      aria-label={label}
      style={style}
      data-lit={isLive || undefined}
    >
      <div className="hall-scene" aria-hidden="true">
        <div className="hall-tiers" />
        <div className="hall-light" />
        <Crowd viewers={listeners} drawing={drawing} />
      </div>
      {children}
    </section>
  )
}
