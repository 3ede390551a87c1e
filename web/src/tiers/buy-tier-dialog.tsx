/** Says what buying a tier does before it is done. Asked again it is the same purchase. */
import { type HouseTier, type OwnTier, Unavailable } from '@odeon/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { errorText } from '../frame/refusal-text.ts'
import { dateOf } from '../frame/when.ts'
import { newId } from '../session/new-id.ts'
import { odeon } from '../session/odeon.ts'
import { DialogCard } from '../frame/dialog-card.tsx'
import { useTranslation } from '../text/use-translation.ts'
import { ownWallet, useWallet } from '../wallet/use-wallet.ts'
import { Purchases } from './purchases.ts'
import { showTier } from './use-tiers.ts'

interface BuyTierProps {
  tier: HouseTier
  mine: OwnTier
  onClose: () => void
  onBought: (tier: OwnTier) => void
}

const purchases = new Purchases(newId)
odeon.auth.onChange((user, before) => {
  if (user?.id !== before?.id) purchases.clear()
})

export function BuyTierDialog(props: BuyTierProps) {
  const { tier, mine, onClose } = props
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const isMore = mine.level === tier.level
  return (
    <DialogCard
      title={isMore ? t('tiers.askMore') : t('tiers.ask', { level: tier.level })}
      isAlert
      isBusy={isBusy}
      onClose={onClose}
    >
      <Consequences {...props} />
      <BuyActions {...props} isBusy={isBusy} onBusy={setBusy} />
    </DialogCard>
  )
}

const dayMs = 86_400_000

function Consequences({ tier, mine }: BuyTierProps) {
  const { t, i18n } = useTranslation()
  const [now] = useState(() => Date.now())
  const isMore = mine.level === tier.level
  const from = isMore ? (mine.until ?? now) : now
  const time = dateOf(from + tier.days * dayMs, i18n.language)
  return (
    <>
      <p>{t('tiers.costs', { count: tier.priceCoins, time })}</p>
      {!isMore && mine.level > 0 && mine.until !== null ? (
        <p className="notice notice-warn">
          {t('tiers.replaces', { level: mine.level, time: dateOf(mine.until, i18n.language) })}
        </p>
      ) : null}
    </>
  )
}

interface BuyActionsProps extends BuyTierProps {
  isBusy: boolean
  onBusy: (isBusy: boolean) => void
}

function BuyActions({ tier, isBusy, onBusy, onClose, onBought }: BuyActionsProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const holdings = useWallet()
  const isUnsure = purchases.isUnsure(tier.level)
  const [failed, setFailed] = useState(() => (isUnsure ? t('tiers.noAnswer') : undefined))
  const missing = holdings === undefined ? 0 : Math.max(0, tier.priceCoins - holdings.coin)
  // What nobody answered may be what the coins went for: asking again is how one learns.
  const short = isUnsure ? 0 : missing

  const buy = async () => {
    onBusy(true)
    setFailed(undefined)
    try {
      const bought = await purchases.buy(tier.level, (requestId) =>
        odeon.tiers.buy(tier.level, { requestId }),
      )
      ownWallet.answered(bought.balanceCoins)
      showTier(queries, odeon.auth.user?.id, bought.tier)
      onBought(bought.tier)
    } catch (error) {
      setFailed(error instanceof Unavailable ? t('tiers.noAnswer') : errorText(t, error))
      onBusy(false)
    }
  }
  return (
    <>
      {short > 0 ? <p className="notice notice-bad">{t('tiers.short', { count: short })}</p> : null}
      {failed === undefined ? null : (
        <p className="notice notice-bad" role="alert">
          {failed}
        </p>
      )}
      <div className="dialog-actions">
        <Button className="button button-plain" isDisabled={isBusy} onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button
          className="button button-primary"
          isDisabled={isBusy || short > 0}
          onPress={() => void buy()}
        >
          {t('tiers.pay', { count: tier.priceCoins })}
        </Button>
      </div>
    </>
  )
}
