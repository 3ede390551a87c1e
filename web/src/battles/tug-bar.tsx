/** What each team has, as parts of one bar that moves with every gift. */
import { EyeOff } from 'lucide-react'
import { type CSSProperties, useRef } from 'react'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { useMayMove } from '../gifts/effects-choice.ts'
import { useTranslation } from '../text/use-translation.ts'
import { boostOf, namesOf, sharesOf, teamColours, type TeamNow } from './battle-view.ts'
import { useTug } from './use-tug.ts'

interface TugBarProps {
  teams: readonly TeamNow[]
  now: number
}

export function TugBar({ teams, now }: TugBarProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const shares = sharesOf(teams)
  const pulls = teams.map(({ team, sides, points }, index) => ({
    points,
    colour: teamColours[team] ?? teamColours[0],
    share: shares[index] ?? 0,
    isBoosted: sides.some((side) => boostOf(side, now)?.is === 'on'),
  }))
  const isDrawn = useTug(box, useMayMove(), pulls)
  return (
    <div className="tug" data-drawn={isDrawn || undefined}>
      <div ref={box} className="tug-canvas" />
      <ul className="tug-teams" aria-label={t('battle.score')}>
        {teams.map((team, index) => (
          <Part key={team.team} team={team} share={shares[index] ?? 0} />
        ))}
      </ul>
    </div>
  )
}

function Part({ team, share }: { team: TeamNow; share: number }) {
  const { t, i18n } = useTranslation()
  const { isHidden, isOut, points, sides } = team
  return (
    <li
      data-team={team.team}
      data-out={isOut || undefined}
      style={{ '--share': share } as CSSProperties}
    >
      <span className="tug-name">{namesOf(sides, i18n.language)}</span>
      <strong className="tug-points figures" data-points={isHidden ? undefined : points}>
        {isHidden ? (
          <>
            <EyeOff size={16} aria-hidden="true" />
            <span>{t('battle.hidden')}</span>
          </>
        ) : (
          <RollingNumber value={points} />
        )}
      </strong>
    </li>
  )
}
