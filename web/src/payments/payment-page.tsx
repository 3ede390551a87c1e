/** What became of a payment: waits for the confirmation, and says each end in words. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { StatePage } from '../frame/state-page.tsx'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { useWallet } from '../wallet/use-wallet.ts'
import { askAgainMs, isUnknown } from './ask-again.ts'
import { BuyersPage } from './buyers-page.tsx'
import { wordsOf } from './payment-words.ts'

export function PaymentPage() {
  const { paymentId = '' } = useParams({ strict: false })
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const isLeft = path.startsWith('/coins/left/')
  const { t } = useTranslation()
  return (
    <BuyersPage title={t('coins.paymentTitle')}>
      {(userId) => <Outcome key={userId} id={paymentId} userId={userId} isLeft={isLeft} />}
    </BuyersPage>
  )
}

function Outcome({ id, userId, isLeft }: { id: string; userId: string; isLeft: boolean }) {
  const { t, i18n } = useTranslation()
  const coins = useWallet()?.coin
  const [openedAt] = useState(() => Date.now())
  const { data, error, refetch } = useQuery({
    queryKey: ['payment', userId, id],
    queryFn: () => odeon.payments.check(id),
    refetchInterval: ({ state: { data: payment, error: wrong } }) =>
      askAgainMs({ payment, error: wrong, isLeft, waitedMs: Date.now() - openedAt }),
  })
  // Coins that come in are most likely these.
  useEffect(() => {
    if (coins !== undefined) void refetch()
  }, [coins, refetch])
  if (isUnknown(error)) {
    return <StatePage title={t('coins.unknownTitle')} text={t('coins.unknownText')} />
  }
  if (data === undefined) {
    const text = error === null ? t('coins.going') : t('coins.outOfReach')
    return <StatePage title={t('coins.paymentTitle')} text={text} waiting />
  }
  const have = coins === undefined ? undefined : new Intl.NumberFormat(i18n.language).format(coins)
  const { title, text } = wordsOf(t, data, { isLeft, have })
  const isWaiting = data.state === 'pending' && !isLeft
  return (
    <div className="payment-outcome" data-state={data.state} role="status">
      <StatePage title={title} text={text} waiting={isWaiting}>
        {data.state === 'paid' || data.needsLook ? null : (
          <Link to="/coins" className="button button-primary">
            {t('coins.again')}
          </Link>
        )}
        <Link to="/wallet" className="button button-plain">
          {t('coins.toWallet')}
        </Link>
      </StatePage>
      {data.coinsOwed > 0 ? (
        <p className="notice notice-warn payment-owed">
          <strong>{t('coins.owed', { coins: data.coinsOwed })}</strong> {t('coins.owedText')}
        </p>
      ) : null}
    </div>
  )
}
