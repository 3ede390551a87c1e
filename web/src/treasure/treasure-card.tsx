/** The box over the stage: when it opens, taking part, and what came of it. */
import type { LiveConnection } from '@odeon/sdk'
import { Gem, X } from 'lucide-react'
import { useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { useRoomNow } from '../battles/room-clock.ts'
import { useYou } from '../chat/use-turn.ts'
import { clockOf } from '../frame/when.ts'
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
  const isDrawn = box.phase === 'drawn'
  if (isDrawn && isHidden) return null
  const mine = { ownId, hasClaimed: own.hasClaimed }
  return (
    <section className="treasure" aria-label={t('treasure.label')} data-phase={box.phase}>
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
            onClick={() => setHidden(true)}
          >
            <X size={18} aria-hidden="true" />
          </button>
        ) : (
          <Clock room={room} box={box} />
        )}
      </div>
      <p className={isDrawn ? 'treasure-outcome' : 'unseen'} role="status">
        {isDrawn ? outcomeText(t, box, mine) : t(`treasure.says.${phaseOf(box)}`)}
      </p>
      {isDrawn ? (
        <TreasureResult box={box} ownId={ownId} />
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
  const { hasClaimed, isBusy, failed, claim } = own
  const press = () => (me?.kind === 'account' ? claim() : openSignIn('register'))
  const takePart = claims > 0 ? t('treasure.takePart', { count: claims }) : null
  if (phase === 'drawing') return <p className="treasure-note">{t('treasure.says.drawing')}</p>
  if (phase === 'waiting') {
    return <p className="treasure-note">{t(isOwnBox ? 'treasure.ownWaits' : 'treasure.stay')}</p>
  }
  return (
    <>
      {isOwnBox || hasClaimed ? (
        <p className="treasure-note">{t(isOwnBox ? 'treasure.ownOpen' : 'treasure.isIn')}</p>
      ) : (
        <button
          type="button"
          className="button button-primary treasure-claim"
          aria-disabled={isBusy || undefined}
          onClick={press}
        >
          {t('treasure.claim')}
        </button>
      )}
      {failed ? (
        <p className="treasure-failed" role="alert">
          {failed}
        </p>
      ) : null}
      {takePart ? <p className="treasure-note figures">{takePart}</p> : null}
    </>
  )
}
