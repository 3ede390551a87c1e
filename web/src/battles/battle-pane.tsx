/** One side's stage: its picture unless it is the own one, its name, and how it stands. */
import { Link } from '@tanstack/react-router'
import type { LiveConnection } from '@odeon/sdk'
import { Crown, EyeOff, Flag, WifiOff, Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import { clockOf } from '../frame/clock.ts'
import { useTranslation } from '../text/use-translation.ts'
import { type BattleNow, type BattleSideNow, boostOf, isMisted, secondsTo } from './battle-view.ts'
import { RivalPicture } from './rival-picture.tsx'
import { useRoomNow } from '../live/room-clock.ts'

interface BattlePaneProps {
  room: LiveConnection
  battle: BattleNow
  side: BattleSideNow
}

export function BattlePane({ room, battle, side }: BattlePaneProps) {
  const { t } = useTranslation()
  const { streamId, name, team, hasForfeited } = side
  const isOwn = streamId === room.streamId
  const isOver = battle.phase === 'victory' || battle.phase === 'terms'
  const hasWon = isOver && battle.winner === team
  const isSole = battle.sides.filter((other) => other.team === team).length === 1
  return (
    <li
      className="battle-pane"
      data-team={team}
      data-own={isOwn || undefined}
      data-won={hasWon || undefined}
      data-sole={isSole || undefined}
      data-out={hasForfeited || undefined}
    >
      {isOwn ? null : <RivalPicture room={room} side={side} />}
      <div className="battle-marks">
        {isOwn ? (
          <span className="battle-name">{name}</span>
        ) : (
          <Link
            className="battle-name"
            to="/live/$streamId"
            params={{ streamId }}
            target="_blank"
            aria-label={t('battle.watch', { name })}
          >
            {name}
          </Link>
        )}
        {hasWon ? <Mark icon={<Crown />}>{t('battle.winner')}</Mark> : null}
        {hasForfeited ? <Mark icon={<Flag />}>{t('battle.gaveUp')}</Mark> : null}
        <Timely room={room} battle={battle} side={side} />
      </div>
    </li>
  )
}

/** What lasts for some seconds. */
function Timely({ room, battle, side }: BattlePaneProps) {
  const { t } = useTranslation()
  const isOwn = side.streamId === room.streamId
  const isMist = isMisted(battle, side)
  const isAway = side.awayUntil > 0 && !side.hasForfeited
  const isTicking = isMist || isAway || side.boostUntil > 0
  const now = useRoomNow(room, 250, isTicking)
  const boost = battle.phase === 'scoring' ? boostOf(side, now) : undefined
  const clock = (at: number) => clockOf(secondsTo(at, now) * 1_000)
  return (
    <>
      {isAway ? (
        <Mark icon={<WifiOff />} isBad>
          {t('battle.awayFor', { time: clock(side.awayUntil) })}
        </Mark>
      ) : null}
      {boost ? (
        <Mark icon={<Zap />} why={t('battle.boostWhy')}>
          {boost.is === 'on'
            ? t('battle.boostFor', { time: clock(side.boostUntil) })
            : t('battle.boostIn', { seconds: boost.seconds })}
        </Mark>
      ) : null}
      {isMist ? (
        <Mark icon={<EyeOff />}>
          {t(isOwn ? 'battle.mistOwn' : 'battle.mistOther', { time: clock(side.mistUntil) })}
        </Mark>
      ) : null}
    </>
  )
}

interface MarkProps {
  icon: ReactNode
  isBad?: boolean
  why?: string
  children: ReactNode
}

function Mark({ icon, isBad, why, children }: MarkProps) {
  return (
    <span className="battle-mark figures" data-bad={isBad || undefined}>
      <i aria-hidden="true">{icon}</i>
      <span>
        {children}
        {why ? <small>{why}</small> : null}
      </span>
    </span>
  )
}
