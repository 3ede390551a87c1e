/** Getting coins: packs as cards, where to pay, what happens next, what was bought before. */
import { useQuery } from '@tanstack/react-query'
import { StatePage } from '../frame/state-page.tsx'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { BuyersPage } from './buyers-page.tsx'
import { CoinOrder } from './coin-order.tsx'
import { PaymentHistory } from './payment-history.tsx'

export function CoinsPage() {
  const { t } = useTranslation()
  return (
    <BuyersPage title={t('coins.title')}>
      {(userId) => <Shop key={userId} userId={userId} />}
    </BuyersPage>
  )
}

function Shop({ userId }: { userId: string }) {
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
      {data ? <CoinOrder offer={data} /> : <div className="skeleton coins-waiting" />}
      <PaymentHistory userId={userId} />
    </div>
  )
}
