/** `/og`: the tiers of the house side by side, which one has and until when. */
import type { HouseTier, OwnTier } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { dateOf } from '../frame/when.ts'
import { Coin } from '../gifts/gift-glyph.tsx'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useWallet } from '../wallet/use-wallet.ts'
import { BuyTierDialog } from './buy-tier-dialog.tsx'
import { TierCard } from './tier-card.tsx'
import { useOwnTier, useTiers } from './use-tiers.ts'
import './tiers.css'

export function TiersPage() {
  const { t } = useTranslation()
  const { data, isError, refetch } = useTiers()
  useTitle(t('tiers.title'))
  if (isError && !data) {
    return (
      <StatePage title={t('tiers.title')} text={t('tiers.failed')}>
        <button type="button" className="button button-primary" onClick={() => void refetch()}>
          {t('app.retry')}
        </button>
      </StatePage>
    )
  }
  return (
    <div className="page tiers-page">
      <h1>{t('tiers.heading')}</h1>
      <p className="dim tiers-intro">{t('tiers.intro')}</p>
      <Holdings />
      {data ? <TierCards tiers={data} /> : <div className="skeleton tiers-waiting" />}
      <p className="dim tiers-small">{t('tiers.bonusNote')}</p>
    </div>
  )
}

/** What one has to spend, and the bonus so far. */
function Holdings() {
  const { t, i18n } = useTranslation()
  const { me } = useSession()
  const holdings = useWallet()
  if (me?.kind !== 'account') return null
  const number = new Intl.NumberFormat(i18n.language)
  return (
    <section className="tiers-have" aria-label={t('wallet.balances')}>
      <dl>
        <div>
          <dt>{t('tiers.coins')}</dt>
          <dd className="figures">
            <Coin size={18} /> {holdings ? number.format(holdings.coin) : '…'}
          </dd>
        </div>
        <div>
          <dt>{t('tiers.bonusCoins')}</dt>
          <dd className="figures">{holdings ? number.format(holdings.bonus) : '…'}</dd>
        </div>
      </dl>
      <Link to="/wallet" className="link">
        {t('wallet.open')}
      </Link>
    </section>
  )
}

function TierCards({ tiers }: { tiers: readonly HouseTier[] }) {
  const { t, i18n } = useTranslation()
  const { me } = useSession()
  const mine = useOwnTier()
  const [chosen, setChosen] = useState<HouseTier>()
  const [bought, setBought] = useState<OwnTier>()
  const choose = (tier: HouseTier) => {
    if (me?.kind === 'account') setChosen(tier)
    else openSignIn(me ? 'register' : 'signIn')
  }
  const time = bought?.until == null ? '' : dateOf(bought.until, i18n.language)
  return (
    <>
      <p className={bought ? 'notice' : 'unseen'} role="status">
        {bought ? t('tiers.bought', { level: bought.level, time }) : ''}
      </p>
      <ul className="tier-cards">
        {tiers.map((tier, at) => (
          <TierCard
            key={tier.level}
            tier={tier}
            below={tiers[at - 1]}
            mine={mine}
            onChoose={() => choose(tier)}
          />
        ))}
      </ul>
      {chosen && mine ? (
        <BuyTierDialog
          tier={chosen}
          mine={mine}
          onClose={() => setChosen(undefined)}
          onBought={(tier) => {
            setBought(tier)
            setChosen(undefined)
          }}
        />
      ) : null}
    </>
  )
}
