/** Over the stages: the bar, and how long it goes on or how it ended. */
import type { LiveConnection } from '@odeon/sdk'
import { clockOf } from '../frame/clock.ts'
import { battleLimits } from '@odeon/rooms/protocol'
import { giftName } from '../gifts/gift-words.ts'
import type { TFunction } from '../text/use-translation.ts'
import { useTranslation } from '../text/use-translation.ts'
import { type BattleNow, secondsTo, teamsOf } from './battle-view.ts'
import { outcomeText } from './outcome-text.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { TugBar } from './tug-bar.tsx'

interface BattleHeadProps {
  room: LiveConnection
  battle: BattleNow
}

const tickMs = 250

export function BattleHead({ room, battle }: BattleHeadProps) {
  const { t, i18n } = useTranslation()
  const now = useRoomNow(room, tickMs)
  const { phase, giftId, terms } = battle
  const teams = teamsOf(battle, room.streamId)
  const clock = clockText(t, battle, now)
  const word = wordOf(t, battle, now)
  const isOver = phase === 'victory' || phase === 'terms'
  return (
    <section className="battle-head" aria-label={t('battle.label')} data-phase={phase}>
      <TugBar teams={teams} now={now} />
      <div className="battle-clock">
        {word ? <span className="battle-word">{word}</span> : null}
        {isOver ? <strong>{outcomeText(t, battle, i18n.language)}</strong> : null}
        {clock ? (
          <span className="figures" role="timer" data-late={isLate(battle, now) || undefined}>
            {clock}
          </span>
        ) : null}
        {giftId !== '' && !isOver ? (
          <span className="battle-word">{t('battle.onlyGift', { gift: giftName(t, giftId) })}</span>
        ) : null}
        {phase === 'terms' ? <span className="battle-terms">{terms}</span> : null}
      </div>
    </section>
  )
}

function clockText(t: TFunction, battle: BattleNow, now: number): string {
  const { phase, startsAt, endsAt, until } = battle
  switch (phase) {
    case 'countdown':
      return String(secondsTo(startsAt, now))
    case 'scoring':
      return clockOf(secondsTo(endsAt, now) * 1_000)
    case 'tally':
      return `${t('battle.counting')}…`
    case 'terms':
      return clockOf(secondsTo(until, now) * 1_000)
    default:
      return ''
  }
}

function wordOf(t: TFunction, { phase, endsAt, overtimes }: BattleNow, now: number): string {
  if (phase === 'countdown') return t('battle.startsIn')
  const isOvertime = phase === 'scoring' && now >= endsAt - overtimes * battleLimits.overtimeMs
  return isOvertime && overtimes > 0 ? t('battle.overtime') : ''
}

const isLate = ({ phase, endsAt }: BattleNow, now: number): boolean =>
  phase === 'scoring' && secondsTo(endsAt, now) <= 10
