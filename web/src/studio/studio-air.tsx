/** Under the picture: battle, treasure box, switches, the way to the room, the main button. */
import { Link } from '@tanstack/react-router'
import { ExternalLink } from 'lucide-react'
import { later } from '../frame/later.tsx'
import { HostTools } from '../live/host-tools.tsx'
import { useRoomState } from '../live/use-room-state.ts'
import { useTranslation } from '../text/use-translation.ts'
import { TreasureLayer } from '../treasure/treasure-layer.tsx'
import { GoLiveTool } from './go-live-tool.tsx'
import type { AirView, OnAir } from './on-air.ts'
import { StudioControls } from './studio-controls.tsx'

const BattlePanel = later(async () => (await import('../battles/battle-panel.tsx')).BattlePanel)

interface StudioAirProps {
  air: OnAir
  view: AirView
  isHeld: boolean
  isAway: boolean
}

export function StudioAir({ air, view, isHeld, isAway }: StudioAirProps) {
  const { t } = useTranslation()
  const { room } = air
  const phase = useRoomState(room, (state) => state.phase)
  return (
    <>
      {phase === 'live' ? <BattlePanel room={room} /> : null}
      <TreasureLayer room={room} />
      <div className="studio-air">
        <StudioControls air={air} view={view} />
        <div className="studio-tools">
          <Link
            to="/live/$streamId"
            params={{ streamId: room.streamId }}
            className="button button-plain button-icon"
            aria-label={t('studio.open')}
            title={t('studio.open')}
            target={phase === 'live' ? '_blank' : undefined}
          >
            <ExternalLink size={18} aria-hidden="true" />
          </Link>
          {phase === 'pending' ? (
            <GoLiveTool air={air} view={view} isHeld={isHeld} isAway={isAway} />
          ) : (
            <HostTools room={room} isDesk />
          )}
        </div>
      </div>
    </>
  )
}
