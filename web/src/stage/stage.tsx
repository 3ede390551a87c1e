/**
 * The stage without a camera: curtain, light and crowd, driven by the room alone. Always the dark
 * house, in both themes, as a picture would be.
 */
import type { StreamPhase } from '@odeon/rooms/protocol'
import type { CSSProperties, ReactNode, RefObject } from 'react'
import { Avatar } from './avatar.tsx'
import { later } from '../frame/later.tsx'
import type { CrowdDrawing } from './crowd-drawing.ts'
import { gelOf } from './gel.ts'

/** People come in after the curtain: the canvas they are drawn on is not needed before. */
const Crowd = later(async () => (await import('./crowd.tsx')).Crowd)

export interface StageProps {
  channelId: string
  hostName: string
  phase: StreamPhase
  viewers: number
  /** 0 to 1: how much is going on; the light follows it. */
  energy?: number
  drawing?: RefObject<CrowdDrawing | null>
  small?: boolean
  picture?: string | null | undefined
  children?: ReactNode
}

export function Stage(props: StageProps) {
  const { channelId, hostName, phase, viewers, energy = 0.3, drawing, small, picture } = props
  const { children } = props
  const style = { '--gel': gelOf(channelId), '--energy': energy } as CSSProperties
  return (
    <div className="stage" data-phase={phase} data-small={small || undefined} style={style}>
      <div className="stage-scene" aria-hidden="true">
        <div className="stage-wall" />
        <div className="stage-floor" />
        <div className="stage-cone" />
        <div className="stage-cone stage-cone-left" />
        <div className="stage-cone stage-cone-right" />
        <div className="stage-pool" />
        <div className="stage-performer">
          <Avatar id={channelId} name={hostName} size={small ? 56 : 112} picture={picture} />
        </div>
        <div className="stage-curtain" />
        <div className="stage-curtain stage-curtain-right" />
        <div className="stage-valance" />
        {small ? null : <Crowd viewers={viewers} drawing={drawing} />}
      </div>
      {children}
    </div>
  )
}
