/** The room is closed to this window: over, for good, or until one comes back in. */
import { Link } from '@tanstack/react-router'
import type { LiveConnection } from '@odeon/sdk'
import { StatePage } from '../frame/state-page.tsx'
import { EndedView } from './ended-view.tsx'
import { RefusedPage } from './refused-page.tsx'
import { useTranslation } from '../text/use-translation.ts'

/** Reasons after which the room would refuse again. */
const finalReasons: ReadonlySet<string> = new Set(['removed', 'banned', 'blocked', 'not_found'])

export function RoomClosed(props: { room: LiveConnection; onEnterAgain: () => void }) {
  const { room, onEnterAgain } = props
  const { t } = useTranslation()
  const because = room.closeReason ?? 'left'
  if (because === 'ended' || room.state.phase === 'ended') {
    return <EndedView streamId={room.streamId} />
  }
  if (finalReasons.has(because))
    return <RefusedPage code={because} message={t('live.closedText')} />
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
