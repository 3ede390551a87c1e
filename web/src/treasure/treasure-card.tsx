/** The box over the stage: when it opens, taking part, and what came of it. */
import type { LiveConnection } from '@odeon/sdk'
import { Gem, X } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { useYou } from '../chat/use-turn.ts'
import { clockOf } from '../frame/clock.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { TreasureResult } from './treasure-result.tsx'
import { outcomeText } from './treasure-words.ts'
import { type OwnClaim, useClaim } from './use-claim.ts'
import type { TreasureNow } from './use-treasure.ts'

export interface TreasurePart {
  room: LiveConnection
  box: TreasureNow
}

export function TreasureCard({ room, box }: TreasurePart) {
  const { t } = useTranslation()
  const own = useClaim(room)
  const { id: ownId } = useYou(room)
  const [isHidden, setHidden] = useState(false)
  // The first that was seen: what is told later has to hold against it.
  const [commitment] = useState(box.commitment)
  const isDrawn = box.phase === 'drawn'
  if (isDrawn && isHidden) return null
  const { hasClaimed, ticket } = own
  const isIn = hasClaimed && box.phase === 'open'
  const hide = () => {
    setHidden(true)
    document.getElementById('content')?.focus({ preventScroll: true })
  }
  return (
    <section
      className="treasure"
      tabIndex={-1}
      aria-label={t('treasure.label')}
      data-phase={box.phase}
    >
      <div className="treasure-head">
        <span className="treasure-sign">
          <Gem size={20} aria-hidden="true" />
        </span>
        <div className="treasure-what">
          <strong>{t('treasure.holds', { count: box.coins })}</strong>
          <span>{t('treasure.forShares', { count: box.shares })}</span>
        </div>
        {isDrawn ? (
          <button
            type="button"
            className="treasure-hide"
            aria-label={t('app.close')}
            onClick={hide}
          >
            <X size={18} aria-hidden="true" />
          </button>
        ) : (
          <Clock room={room} box={box} />
        )}
      </div>
      <p className={isDrawn ? 'treasure-outcome' : isIn ? 'treasure-note' : 'unseen'} role="status">
        {isDrawn ? outcomeText(t, box, { ownId, hasClaimed }) : null}
        {isDrawn ? null : t(isIn ? 'treasure.isIn' : `treasure.says.${phaseOf(box)}`)}
      </p>
      {isDrawn ? (
        <TreasureResult shown={{ box, commitment, ownId, ticket }} isExpired={box.isExpired} />
      ) : (
        <Part box={box} own={own} isOwnBox={box.byId === ownId} />
      )}
    </section>
  )
}

const phaseOf = ({ phase }: TreasureNow): 'waiting' | 'open' | 'drawing' =>
  phase === 'open' || phase === 'drawing' ? phase : 'waiting'

/** To the opening, then to the end. */
function Clock({ room, box }: TreasurePart) {
  const { t } = useTranslation()
  const isTicking = box.phase === 'waiting' || box.phase === 'open'
  const now = useRoomNow(room, 250, isTicking)
  if (!isTicking) return null
  const until = box.phase === 'waiting' ? box.opensAt : box.endsAt
  const left = Math.ceil(Math.max(0, until - now) / 1_000) * 1_000
  return (
    <span className="treasure-clock figures" role="timer" aria-label={t('treasure.timeLeft')}>
      {clockOf(left)}
    </span>
  )
}

interface PartProps {
  box: TreasureNow
  own: OwnClaim
  isOwnBox: boolean
}

function Part({ box, own, isOwnBox }: PartProps) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { phase, claims } = box
  const isGuest = me?.kind !== 'account'
  if (phase === 'drawing') return <p className="treasure-note">{t('treasure.says.drawing')}</p>
  if (phase === 'waiting') {
    return (
      <>
        <p className="treasure-note">{t(isOwnBox ? 'treasure.ownWaits' : 'treasure.stay')}</p>
        {isGuest ? (
          <button
            type="button"
            className="button button-primary treasure-claim"
            onClick={() => openSignIn('register')}
          >
            {t('treasure.register')}
          </button>
        ) : null}
      </>
    )
  }
  const note = isOwnBox ? 'treasure.ownOpen' : isGuest ? 'treasure.forAccounts' : null
  return (
    <>
      {note ? <p className="treasure-note">{t(note)}</p> : <Claim own={own} />}
      {claims > 0 ? (
        <p className="treasure-note figures">{t('treasure.takePart', { count: claims })}</p>
      ) : null}
    </>
  )
}

function Claim({ own: { hasClaimed, isBusy, failed, claim } }: Pick<PartProps, 'own'>) {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  // Whoever stands on it when the time is over stays at the box.
  useLayoutEffect(() => {
    const mine = button.current
    return () => {
      if (document.activeElement === mine) {
        mine?.closest('section')?.focus({ preventScroll: true })
      }
    }
  }, [])
  return (
    <>
      <button
        ref={button}
        type="button"
        className="button button-primary treasure-claim"
        aria-disabled={isBusy || hasClaimed || undefined}
        onClick={claim}
      >
        {t('treasure.claim')}
      </button>
      {failed ? (
        <p className="treasure-failed" role="alert">
          {failed}
        </p>
      ) : null}
    </>
  )
}
