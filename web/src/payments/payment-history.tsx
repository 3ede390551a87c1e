/** What one bought, newest first, page by page, each with what became of it. */
import type { PaymentPage, PaymentView } from '@odeon/sdk'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { OwedNotice } from './owed-notice.tsx'
import { priceOf } from './price.ts'

const historyLimits = { pagePayments: 20 } as const

export function PaymentHistory({ userId }: { userId: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['payments', userId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: before }) =>
      odeon.payments.history({
        limit: historyLimits.pagePayments,
        ...(before !== undefined && { before }),
      }),
    getNextPageParam: ({ more, payments }: PaymentPage) => (more ? payments.at(-1)?.id : undefined),
  })
  const { data, isError, hasNextPage } = query
  if (data === undefined && !isError) return null
  const payments = data?.pages.flatMap((page) => page.payments) ?? []
  return (
    <section className="payments">
      <h2>{t('coins.history')}</h2>
      <OwedNotice coins={data?.pages[0]?.coinsOwed ?? 0} />
      {data && payments.length === 0 ? <p>{t('coins.historyNone')}</p> : null}
      <ul>
        {payments.map((payment) => (
          <li key={payment.id}>
            <PaymentLine payment={payment} />
          </li>
        ))}
      </ul>
      {isError ? (
        <p className="notice notice-bad" role="alert">
          {t('coins.historyFailed')}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() =>
              void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch())
            }
          >
            {t('app.retry')}
          </button>
        </p>
      ) : null}
      {hasNextPage && !isError ? (
        <button
          type="button"
          className="button button-plain button-wide"
          aria-disabled={query.isFetchingNextPage || undefined}
          onClick={() => {
            if (!query.isFetchingNextPage) void query.fetchNextPage()
          }}
        >
          {t('coins.older')}
        </button>
      ) : null}
    </section>
  )
}

function PaymentLine({ payment }: { payment: PaymentView }) {
  const { t, i18n } = useTranslation()
  const { id, coins, gateway, at, state, needsLook } = payment
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Link to="/coins/return/$paymentId" params={{ paymentId: id }} className="payment-row">
      <strong className="figures">{t('coins.packCoins', { coins })}</strong>
      <span className="figures">{priceOf(payment, i18n.language)}</span>
      <span className="payment-when">
        {t(`coins.gateways.${gateway}`)} · {when.format(at)}
      </span>
      <span className="payment-state" data-state={state}>
        {needsLook ? t('coins.needsLook') : t(`coins.states.${state}`)}
      </span>
    </Link>
  )
}
