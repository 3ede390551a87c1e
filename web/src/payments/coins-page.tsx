/** Getting coins: packs as cards, where to pay, what happens next; one's own payments. */
import { useQuery } from '@tanstack/react-query'
import { StatePage } from '../frame/state-page.tsx'
import { useTitle } from '../frame/use-title.ts'
import { odeon } from '../session/odeon.ts'
import { useSession } from '../session/use-session.ts'
import { useTranslation } from '../text/use-translation.ts'
import { CoinOrder } from './coin-order.tsx'
import { PaymentHistory } from './payment-history.tsx'
import './payments.css'

export function CoinsPage() {
  const { t } = useTranslation()
  const { me, isStarting } = useSession()
  useTitle(t('coins.title'))
  if (isStarting) return null
  // Whoever signs in on the way keeps what they chose.
  return <Shop buyerId={me?.kind === 'account' ? me.id : undefined} />
}

/** Open to everybody: what things cost is no secret. */
function Shop({ buyerId }: { buyerId: string | undefined }) {
  const { t } = useTranslation()
  const { data, isError, refetch } = useQuery({
    queryKey: ['coin-packs'],
    queryFn: () => odeon.payments.packs(),
  })
  if (isError) {
    return (
      <StatePage title={t('coins.title')} text={t('coins.failed')}>
        <button type="button" className="button button-primary" onClick={() => void refetch()}>
          {t('app.retry')}
        </button>
      </StatePage>
    )
  }
  if (data?.gateways.length === 0) {
    return <StatePage title={t('coins.none')} text={t('coins.noneText')} />
  }
  return (
    <div className="page page-narrow coins">
      <header className="coins-head">
        <h1>{t('coins.title')}</h1>
        <p>{t('coins.text')}</p>
      </header>
      {data ? (
        <CoinOrder offer={data} mayPay={buyerId !== undefined} />
      ) : (
        <div className="skeleton coins-waiting" />
      )}
      {buyerId === undefined ? null : <PaymentHistory key={buyerId} userId={buyerId} />}
    </div>
  )
}
