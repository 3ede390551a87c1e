/** One tier: its price and all it gives, and what one can do about it. */
import type { ChatPrivilege } from '@odeon/rooms/protocol'
import type { HouseTier, OwnTier } from '@odeon/sdk'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Coin, GiftGlyph } from '../gifts/gift-glyph.tsx'
import { giftName } from '../gifts/gift-words.ts'
import { dateOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { TierBadge } from './tier-badge.tsx'

interface TierCardProps {
  tier: HouseTier
  /** The one below, whose gifts and privileges this one has, too. */
  below: HouseTier | undefined
  /** Undefined while it is not known. */
  mine: OwnTier | undefined
  onChoose: () => void
}

export function TierCard({ tier, below, mine, onChoose }: TierCardProps) {
  const { t, i18n } = useTranslation()
  const { level, days, dailyBonus } = tier
  const isMine = mine?.level === level
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <li className="panel tier-card" data-level={level} data-mine={isMine || undefined}>
      <header className="tier-head">
        <h2>
          <TierBadge level={level} />
          {t('tiers.level', { level })}
        </h2>
        {isMine ? <p className="tier-mine">{t('tiers.yours')}</p> : null}
      </header>
      <p className="tier-price figures">
        <Coin size={22} />
        <strong>{number.format(tier.priceCoins)}</strong>
        <span className="dim">{t('tiers.forDays', { count: days })}</span>
      </p>
      <ul className="tier-gives">
        <Gives>{t('tiers.bonus', { count: dailyBonus })}</Gives>
        {tier.exclusiveGifts.map((id) => (
          <Gives key={id}>
            {t('tiers.gift', { name: giftName(t, id) })} <GiftGlyph giftId={id} size={22} />
          </Gives>
        ))}
        {newIn(tier, below).map((privilege) => (
          <Gives key={privilege}>{t(`tiers.privileges.${privilege}`)}</Gives>
        ))}
        {below ? <Gives>{t('tiers.below', { level: below.level })}</Gives> : null}
      </ul>
      {isMine && mine.until !== null ? (
        <p className="tier-until">
          {t('tiers.until', { time: dateOf(mine.until, i18n.language) })}
        </p>
      ) : null}
      <TierAct level={level} mine={mine} onChoose={onChoose} />
    </li>
  )
}

function TierAct({
  level,
  mine,
  onChoose,
}: { level: number } & Omit<TierCardProps, 'tier' | 'below'>) {
  const { t } = useTranslation()
  if (mine === undefined) return <div className="skeleton tier-waiting" />
  if (mine.level > level) return <p className="dim">{t('tiers.higherHeld')}</p>
  const label = mine.level === level ? t('tiers.extend') : t('tiers.get', { level })
  return (
    <button
      type="button"
      className={mine.level === level ? 'button button-plain' : 'button button-primary'}
      onClick={onChoose}
    >
      {label}
    </button>
  )
}

function Gives({ children }: { children: ReactNode }) {
  return (
    <li>
      <Check size={16} aria-hidden="true" />
      <span>{children}</span>
    </li>
  )
}

function newIn({ chatPrivileges }: HouseTier, below: HouseTier | undefined): ChatPrivilege[] {
  return chatPrivileges.filter((one) => below?.chatPrivileges.includes(one) !== true)
}
