/** What one has, and everything that moved it, each line with its receipt. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { RollingNumber } from '../frame/rolling-number.tsx'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { Coin } from '../gifts/gift-glyph.tsx'
import { OwedNotice } from '../payments/owed-notice.tsx'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { amountOf } from './amounts.ts'
import { ReadsBehind } from './reads-behind.ts'
import { Statement } from './statement.tsx'
import { useWallet } from './use-wallet.ts'

/** What is owed is paid by coins that come in. */
const owedEveryMs = 30_000

export function WalletPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('wallet.title'))
  if (isStarting) return null
  if (me?.kind !== 'account') {
    return (
      <StatePage title={t('wallet.title')} text={t('wallet.signInFirst')}>
        <button
          type="button"
          className="button button-primary"
          onClick={() => openSignIn('signIn')}
        >
          {t('header.signIn')}
        </button>
      </StatePage>
    )
  }
  return (
    <div className="page page-narrow wallet">
      <h1>{t('wallet.title')}</h1>
      <Owed key={`o${me.id}`} userId={me.id} />
      <Holdings key={me.id} userId={me.id} />
      <Statement key={`s${me.id}`} userId={me.id} />
    </div>
  )
}

function Owed({ userId }: { userId: string }) {
  const { data } = useQuery({
    queryKey: ['coins-owed', userId],
    queryFn: () => odeon.payments.history({ limit: 1 }),
    refetchInterval: owedEveryMs,
  })
  return <OwedNotice coins={data?.coinsOwed ?? 0} />
}

function Holdings({ userId }: { userId: string }) {
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
