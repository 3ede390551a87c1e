/** Once, and over all stages: who won, with a crown in their colours where it may move. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useMayMove } from '../gifts/effects-choice.ts'
import { GiftGlyph } from '../gifts/gift-glyph.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { type BattleNow, namesOf, teamColours } from './battle-view.ts'

/** Then the stages are seen again. */
const lapMs = 8_000
const white = 0xffffff

export function VictoryLap({ battle }: { battle: BattleNow }) {
  const { t, i18n } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const mayMove = useMayMove()
  const [isOver, setOver] = useState(false)
  const { winner, sides } = battle
  useCrown(box, mayMove && !isOver, winner)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), lapMs)
    return () => clearTimeout(timer)
  }, [])
  if (isOver) return null
  const winners = sides.filter(({ team }) => team === winner)
  return (
    <div className="victory" data-team={winner} aria-hidden="true">
      <div ref={box} className="effect-box" />
      <div className="victory-card">
        {mayMove ? null : <GiftGlyph giftId="crown" size={96} />}
        <p>{t('battle.won', { names: namesOf(winners, i18n.language) })}</p>
      </div>
    </div>
  )
}

function useCrown(box: RefObject<HTMLElement | null>, isWanted: boolean, winner: number): void {
  useEffect(() => {
    const host = box.current
    if (!host || !isWanted) return
    let close: (() => void) | undefined
    let isGone = false
    const play = async () => {
      const { EffectStage } = await import('../gifts/effects/effect-stage.ts')
      const stage = await EffectStage.open(host, () => undefined)
      if (isGone) return stage.close()
      close = () => stage.close()
      stage.resize(host.clientWidth, host.clientHeight, { top: 0, bottom: 1 })
      const colour = teamColours[winner] ?? white
      const look = { colours: [colour, white, 0xffe6a8], shapes: ['star', 'paper'], way: 'rise' }
      stage.play(crown, look as Parameters<typeof stage.play>[1])
    }
    play().catch((error: unknown) => {
      // The card tells it all the same.
      host.dataset['still'] = String(error)
    })
    return () => {
      isGone = true
      close?.()
    }
  }, [box, isWanted, winner])
}

const crown = {
  id: 0,
  comboId: 'victory',
  giftId: 'crown',
  effect: 'stage',
  from: { id: '', name: '' },
  units: 1,
  coins: 0,
  isOwn: false,
  others: 0,
  until: lapMs,
} as const
