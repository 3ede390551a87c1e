/** What one bought, newest first, each with what became of it. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { priceOf } from './price.ts'

export function PaymentHistory({ userId }: { userId: string }) {
  const { t, i18n } = useTranslation()
  const { data } = useQuery({
    queryKey: ['payments', userId],
    queryFn: () => odeon.payments.history({ limit: 20 }),
  })
  if (data === undefined) return null
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <section className="payments">
      <h2>{t('coins.history')}</h2>
      {data.payments.length === 0 ? <p>{t('coins.historyNone')}</p> : null}
      <ul>
        {data.payments.map((payment) => (
          <li key={payment.id}>
            <Link
              to="/coins/return/$paymentId"
              params={{ paymentId: payment.id }}
              className="payment-row"
            >
              <strong className="figures">{t('coins.packCoins', { coins: payment.coins })}</strong>
              <span className="figures">{priceOf(payment, i18n.language)}</span>
              <span className="payment-when">
                {t(`coins.gateways.${payment.gateway}`)} · {when.format(payment.at)}
              </span>
              <span className="payment-state" data-state={payment.state}>
                {t(`coins.states.${payment.state}`)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
