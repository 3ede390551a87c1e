/** Stands in for a place where one pays, on a page that says so; not there in production. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { errorText } from '../frame/refusal-text.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { BuyersPage } from './buyers-page.tsx'
import { priceOf } from './price.ts'

export function SandboxPage() {
  const { paymentId = '' } = useParams({ strict: false })
  const { t } = useTranslation()
  return (
    <BuyersPage title={t('coins.sandboxTitle')}>
      {(userId) => <Sandbox key={userId} id={paymentId} />}
    </BuyersPage>
  )
}

function Sandbox({ id }: { id: string }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const [failed, setFailed] = useState<unknown>()
  const { data, error } = useQuery({
    queryKey: ['sandbox', id],
    queryFn: () => odeon.payments.get(id),
  })
  const act = async (what: 'pay' | 'decline') => {
    try {
      await odeon.payments.sandbox(id, what)
      await navigate({ to: '/coins/return/$paymentId', params: { paymentId: id } })
    } catch (cause) {
      setFailed(cause)
    }
  }
  const problem = failed ?? error ?? undefined
  return (
    <div className="page page-narrow sandbox">
      <p className="sandbox-tape" aria-hidden="true" />
      <h1>{t('coins.sandboxTitle')}</h1>
      <p>{t('coins.sandboxText')}</p>
      {problem === undefined ? null : (
        <p className="notice notice-bad" role="alert">
          {errorText(t, problem)}
        </p>
      )}
      {data ? (
        <p className="sandbox-order figures">
          {t('coins.sandboxOrder', { coins: data.coins, price: priceOf(data, i18n.language) })}
        </p>
      ) : null}
      <div className="sandbox-acts">
        <button type="button" className="button button-primary" onClick={() => void act('pay')}>
          {t('coins.sandboxPay')}
        </button>
        <button type="button" className="button button-plain" onClick={() => void act('decline')}>
          {t('coins.sandboxDecline')}
        </button>
      </div>
    </div>
  )
}
