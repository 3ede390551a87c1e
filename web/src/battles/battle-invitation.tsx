/** A challenge while it is open: who, for what and how long, and the answer. */
import { battleLimits } from '@odeon/rooms/protocol'
import { Check, Swords, X } from 'lucide-react'
import type { CSSProperties } from 'react'
import { giftName } from '../gifts/gift-words.ts'
import { Avatar } from '../stage/avatar.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { type BattleNow, namesOf, ownSideOf, secondsTo } from './battle-view.ts'
import { useRoomNow } from '../live/room-clock.ts'
import type { DeskPartProps } from './use-battle-act.ts'

export function BattleInvitation({ room, battle, work }: DeskPartProps) {
  const { t, i18n } = useTranslation()
  const { by, sides } = battle
  const own = ownSideOf(battle, room.streamId)
  const asker = sides.find(({ streamId }) => streamId === by)
  const isAsked = own?.hasAccepted === false
  const others = sides.filter(({ streamId }) => streamId !== room.streamId)
  const waiting = namesOf(
    others.filter(({ hasAccepted }) => !hasAccepted),
    i18n.language,
  )
  return (
    <div className="battle-invitation">
      <Avatar
        id={asker?.channel ?? ''}
        name={asker?.name ?? ''}
        size={44}
        picture={asker?.avatarUrl || null}
      />
      <div className="battle-invitation-text">
        <p role={isAsked ? 'alert' : 'status'}>
          <strong>
            {isAsked
              ? t('battle.challenged', { name: asker?.name ?? '' })
              : t('battle.waitingFor', { names: waiting })}
          </strong>
        </p>
        <Facts battle={battle} streamId={room.streamId} />
      </div>
      <Left room={room} until={battle.invitedUntil} />
      <div className="battle-answers">
        {isAsked ? (
          <button
            type="button"
            className="button button-primary"
            aria-disabled={work.isBusy || undefined}
            onClick={() => void work.act(() => room.battles.accept())}
          >
            <Check size={18} aria-hidden="true" />
            {t('battle.accept')}
          </button>
        ) : null}
        <button
          type="button"
          className="button button-plain"
          aria-disabled={work.isBusy || undefined}
          onClick={() => void work.act(() => room.battles.decline())}
        >
          <X size={18} aria-hidden="true" />
          {t(isAsked || by !== room.streamId ? 'battle.decline' : 'battle.takeBack')}
        </button>
      </div>
    </div>
  )
}

/** What is agreed to with it. */
function Facts({ battle, streamId }: { battle: BattleNow; streamId: string }) {
  const { t, i18n } = useTranslation()
  const { minutes, giftId, terms, sides } = battle
  const own = ownSideOf(battle, streamId)
  const others = sides.filter((side) => side !== own)
  const partner = others.find(({ team }) => team === own?.team)
  const rivals = others.filter((side) => side !== partner)
  const against = t('battle.against', { names: namesOf(rivals, i18n.language) })
  return (
    <p className="battle-facts">
      <span>{t('battle.minutes', { count: minutes })}</span>
      {sides.length > 2 ? <span>{against}</span> : null}
      {partner ? <span>{t('battle.with', { name: partner.name })}</span> : null}
      <span>
        {giftId === ''
          ? t('battle.allCounts', { count: battle.reactionsPerPoint })
          : t('battle.onlyGift', { gift: giftName(t, giftId) })}
      </span>
      {terms === '' ? null : <span>{t('battle.termsAre', { terms })}</span>}
    </p>
  )
}

function Left({ room, until }: Pick<DeskPartProps, 'room'> & { until: number }) {
  const { t } = useTranslation()
  const now = useRoomNow(room, 200)
  const seconds = secondsTo(until, now)
  const share = Math.min(1, Math.max(0, (until - now) / battleLimits.inviteMs))
  return (
    <span
      className="battle-left figures"
      role="timer"
      aria-label={t('battle.secondsLeft', { count: seconds })}
      style={{ '--left': share } as CSSProperties}
    >
      <Swords size={14} aria-hidden="true" />
      {seconds}
    </span>
  )
}
