/** Under the preview: what is true now, the way to the room, and the one button that matters. */
import { Link } from '@tanstack/react-router'
import type { LiveConnection } from '@odeon/sdk'
import { ExternalLink } from 'lucide-react'
import { HostTools } from '../live/host-tools.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { LiveTotals } from './studio-figures.tsx'

export function StudioAir({ room, isHeld }: { room: LiveConnection; isHeld: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="studio-air">
      <LiveTotals room={room} />
      <div className="studio-tools">
        <Link
          to="/live/$streamId"
          params={{ streamId: room.streamId }}
          className="button button-plain button-icon"
          aria-label={t('studio.open')}
          title={t('studio.open')}
        >
          <ExternalLink size={18} aria-hidden="true" />
        </Link>
        <HostTools room={room} isDesk isHeld={isHeld} />
      </div>
    </div>
  )
}
