/** What one has, live, and how it came to that. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { Coin } from '../gifts/gift-glyph.tsx'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { amountOf } from './amounts.ts'
import { ReadsBehind } from './reads-behind.ts'
import { useWallet } from './use-wallet.ts'

export function Holdings({ userId }: { userId: string }) {
  const { t, i18n } = useTranslation()
  const queries = useQueryClient()
  const holdings = useWallet()
  const coin = holdings?.coin
  // How it came to that; what one has is live.
  const { data } = useQuery({
    queryKey: ['wallet', userId],
    queryFn: () => odeon.wallet.balance(),
    refetchOnMount: 'always',
  })
  const [reads] = useState(() => new ReadsBehind(queries, userId))
  useEffect(() => reads.told(holdings), [reads, holdings])
  useEffect(() => () => reads.stop(), [reads])
  const shown = (minor: number | undefined, currency: 'coin' | 'bonus' | 'hours') =>
    minor === undefined ? '…' : amountOf(minor, currency, i18n.language)
  return (
    <section className="wallet-card" aria-label={t('wallet.balances')}>
      <p className="wallet-coins" data-coins={coin}>
        <Coin size={44} />
        {coin === undefined ? (
          <span className="skeleton wallet-unknown" />
        ) : (
          <strong>
            <RollingNumber value={coin} />
          </strong>
        )}
        <span className="wallet-unit">{t('wallet.currencies.coin')}</span>
      </p>
      <dl className="wallet-facts">
        <Fact label={t('wallet.currencies.bonus')} text={shown(holdings?.bonus, 'bonus')} />
        <Fact label={t('wallet.currencies.hours')} text={shown(holdings?.hours, 'hours')} />
        <Fact label={t('wallet.earned')} text={shown(data?.totalEarned, 'coin')} />
        <Fact label={t('wallet.spent')} text={shown(data?.totalSpent, 'coin')} />
      </dl>
      <p className="wallet-how">
        {t('wallet.how')}{' '}
        <Link to="/coins" className="link">
          {t('coins.get')}
        </Link>
        {' · '}
        <Link to="/og" className="link">
          {t('tiers.see')}
        </Link>
      </p>
    </section>
  )
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figures">{text}</dd>
    </div>
  )
}
