/** The room is closed to this window: over, for good, or until one comes back in. */
import { Link } from '@tanstack/react-router'
import type { LiveConnection } from '@odeon/sdk'
import { useEffect, useState } from 'react'
import { StatePage } from '../frame/state-page.tsx'
import { EndedView } from './ended-view.tsx'
import { RefusedPage } from './refused-page.tsx'
import { RoomSkeleton } from './room-skeleton.tsx'
import { useTranslation } from '../text/use-translation.ts'

/** Reasons after which the room would refuse again. */
const finalReasons: ReadonlySet<string> = new Set(['removed', 'banned', 'blocked', 'not_found'])

export function RoomClosed(props: { room: LiveConnection; onEnterAgain: () => void }) {
  const { room, onEnterAgain } = props
  const { t } = useTranslation()
  const because = room.closeReason ?? 'left'
  const isSoon = useIsSoon()
  if (because === 'ended' || room.state.phase === 'ended') {
    return <EndedView streamId={room.streamId} />
  }
  if (finalReasons.has(because))
    return <RefusedPage code={because} message={t('live.closedText')} />
  if (because === 'unauthenticated' && isSoon) return <RoomSkeleton stream={undefined} />
  const isReplaced = because === 'replaced'
  return (
    <StatePage
      title={isReplaced ? t('live.replacedTitle') : t('live.closedTitle')}
      text={isReplaced ? t('live.replacedText') : t('live.closedText')}
    >
      <button type="button" className="button button-primary" onClick={onEnterAgain}>
        {t('live.comeBack')}
      </button>
      <Link to="/" className="button button-plain">
        {t('error.home')}
      </Link>
    </StatePage>
  )
}

const signsInWithinMs = 8_000

/** Whoever becomes somebody else here is out for a moment, and then in by what they are now. */
function useIsSoon(): boolean {
  const [isSoon, setSoon] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setSoon(false), signsInWithinMs)
    return () => clearTimeout(timer)
  }, [])
  return isSoon
}
