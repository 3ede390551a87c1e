/** What became of a payment: waits for the confirmation, and says each end in words. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouterState } from '@tanstack/react-router'
import { type PaymentView, Refusal } from '@odeon/sdk'
import { useEffect } from 'react'
import { StatePage } from '../frame/state-page.tsx'
import { odeon } from '../session/odeon.ts'
import { type TFunction, useTranslation } from '../text/use-translation.ts'
import { useWallet } from '../wallet/use-wallet.ts'
import { BuyersPage } from './buyers-page.tsx'

export function PaymentPage() {
  const { paymentId = '' } = useParams({ strict: false })
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const isLeft = path.startsWith('/coins/left/')
  return (
    <BuyersPage>
      {(userId) => <Outcome key={userId} id={paymentId} userId={userId} isLeft={isLeft} />}
    </BuyersPage>
  )
}

const askEveryMs = 3_000

function Outcome({ id, userId, isLeft }: { id: string; userId: string; isLeft: boolean }) {
  const { t, i18n } = useTranslation()
  const coins = useWallet()?.coin
  const { data, error, refetch } = useQuery({
    queryKey: ['payment', userId, id],
    queryFn: () => odeon.payments.check(id),
    refetchInterval: ({ state }) => (isOver(state.data, state.error) ? false : askEveryMs),
    refetchIntervalInBackground: true,
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
    return <StatePage title={t('coins.title')} text={text} waiting />
  }
  const have = coins === undefined ? undefined : new Intl.NumberFormat(i18n.language).format(coins)
  const { title, text } = wordsOf(t, data, { isLeft, have })
  const isWaiting = data.state === 'pending' && !isLeft
  return (
    <div className="payment-outcome" data-state={data.state} role="status">
      <StatePage title={title} text={text} waiting={isWaiting}>
        {data.state === 'paid' ? null : (
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

const isUnknown = (error: unknown) => error instanceof Refusal && error.code === 'not_found'

const isOver = (payment: PaymentView | undefined, error: unknown) =>
  payment === undefined ? isUnknown(error) : payment.state !== 'pending'

function wordsOf(
  t: TFunction,
  { state, coins, gateway }: PaymentView,
  { isLeft, have }: { isLeft: boolean; have: string | undefined },
): { title: string; text: string } {
  switch (state) {
    case 'pending': {
      if (isLeft) return { title: t('coins.leftTitle'), text: t('coins.leftText') }
      const name = t(`coins.gateways.${gateway}`)
      return { title: t('coins.waitingTitle', { gateway: name }), text: t('coins.waitingText') }
    }
    case 'paid': {
      const text = have === undefined ? t('coins.paidPlain') : t('coins.paidText', { have })
      return { title: t('coins.paidTitle', { coins }), text }
    }
    case 'failed':
      return { title: t('coins.failedTitle'), text: t('coins.failedText') }
    case 'expired':
      return { title: t('coins.expiredTitle'), text: t('coins.expiredText') }
    case 'refunded':
      return { title: t('coins.refundedTitle'), text: t('coins.refundedText') }
    case 'charged_back':
      return { title: t('coins.disputedTitle'), text: t('coins.disputedText') }
  }
}
