/** The host's part in a battle: the answer to a challenge, powers, giving up, another round. */
import { battleLimits } from '@odeon/rooms/protocol'
import type { LiveConnection } from '@odeon/sdk'
import { CloudFog, Flag, Swords, TimerReset } from 'lucide-react'
import type { ReactNode } from 'react'
import { useYou } from '../chat/use-turn.ts'
import { useTranslation } from '../text/use-translation.ts'
import { BattleInvitation } from './battle-invitation.tsx'
import { leaderOf, ownSideOf, secondsTo, teamsOf } from './battle-view.ts'
import { GiveUpTool } from './give-up-tool.tsx'
import { rematchOf } from './rematch.ts'
import { useRoomNow } from '../live/room-clock.ts'
import { useBattle } from './use-battle.ts'
import { type DeskPartProps, useBattleAct } from './use-battle-act.ts'

export function BattleDesk({ room }: { room: LiveConnection }) {
  const battle = useBattle(room)
  const { role } = useYou(room)
  const work = useBattleAct()
  const own = battle && ownSideOf(battle, room.streamId)
  if (!battle || !own || role !== 'host') return null
  const { phase } = battle
  const isFought = phase === 'countdown' || phase === 'scoring'
  return (
    <DeskFrame failed={work.failed} phase={phase}>
      {phase === 'invited' ? <BattleInvitation room={room} battle={battle} work={work} /> : null}
      {isFought && !own.hasForfeited ? <Powers room={room} battle={battle} work={work} /> : null}
      {phase === 'victory' || phase === 'terms' ? (
        <Rematch room={room} battle={battle} work={work} />
      ) : null}
    </DeskFrame>
  )
}

interface DeskFrameProps {
  failed: string | undefined
  phase: string
  children: ReactNode
}

function DeskFrame({ failed, phase, children }: DeskFrameProps) {
  const { t } = useTranslation()
  return (
    <section className="battle-desk" aria-label={t('battle.desk')} data-phase={phase}>
      {children}
      {failed ? (
        <p className="battle-failed" role="alert">
          {failed}
        </p>
      ) : null}
    </section>
  )
}

function Powers({ room, battle, work }: DeskPartProps) {
  const { t } = useTranslation()
  const now = useRoomNow(room, 500)
  const own = ownSideOf(battle, room.streamId)
  const isScoring = battle.phase === 'scoring'
  const left = secondsTo(battle.endsAt, now)
  const leader = leaderOf(teamsOf(battle, room.streamId))
  const isBehind = leader !== undefined && leader.team !== own?.team
  const isLate = left <= battleLimits.overtimeFromMs / 1_000
  const overtimesLeft = battleLimits.overtimesMax - battle.overtimes
  const mayExtend = isScoring && isLate && isBehind && overtimesLeft > 0
  const mayMist = isScoring && own?.hasMisted === false
  const why = overtimesLeft === 0 ? t('battle.overtimeGone') : t('battle.overtimeHint')
  return (
    <div className="battle-powers">
      <button
        type="button"
        className="button button-plain"
        aria-disabled={!mayMist || work.isBusy || undefined}
        title={own?.hasMisted ? t('battle.mistGone') : t('battle.mistHint')}
        onClick={() => void (mayMist && work.act(() => room.battles.use('mist')))}
      >
        <CloudFog size={18} aria-hidden="true" />
        {t('battle.mist')}
      </button>
      <button
        type="button"
        className="button button-plain"
        aria-disabled={!mayExtend || work.isBusy || undefined}
        title={why}
        onClick={() => void (mayExtend && work.act(() => room.battles.use('overtime')))}
      >
        <TimerReset size={18} aria-hidden="true" />
        {t('battle.extend', { count: overtimesLeft })}
      </button>
      <GiveUpTool
        isBusy={work.isBusy}
        onGiveUp={() => void work.act(() => room.battles.leave())}
        icon={<Flag size={18} aria-hidden="true" />}
      />
    </div>
  )
}

function Rematch({ room, battle, work }: DeskPartProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className="button button-primary"
      aria-disabled={work.isBusy || undefined}
      onClick={() => void work.act(() => room.battles.invite(rematchOf(battle, room.streamId)))}
    >
      <Swords size={18} aria-hidden="true" />
      {t('battle.rematch')}
    </button>
  )
}
