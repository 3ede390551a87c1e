/** What moved a balance, newest first, by day; chosen by currency and by what it was for. */
import { currencies } from '@odeon/rooms/protocol'
import type { Currency } from '@odeon/sdk'
import { ReceiptText } from 'lucide-react'
import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import { useNow } from '../frame/use-now.ts'
import { dayOf } from '../frame/when.ts'
import { useTranslation } from '../text/use-translation.ts'
import { StatementRow } from './statement-row.tsx'
import { type StatementView, useStatement } from './use-statement.ts'
import { kindName } from './wallet-words.ts'

const skeletons = [0, 1, 2, 3]

export function Statement({ userId }: { userId: string }) {
  const { t } = useTranslation()
  const [currency, setCurrency] = useState<Currency>('coin')
  const [kind, setKind] = useState<string>()
  const view = useStatement({ userId, currency, kind })
  return (
    <section className="statement" aria-labelledby="statement-title">
      <div className="statement-head">
        <h2 id="statement-title">{t('wallet.statement')}</h2>
        <RadioGroup
          aria-label={t('wallet.currency')}
          className="choices"
          orientation="horizontal"
          value={currency}
          onChange={(value) => {
            setCurrency(value as Currency)
            setKind(undefined)
          }}
        >
          {currencies.map((one) => (
            <Radio key={one} value={one} className="choice">
              {t(`wallet.currencies.${one}`)}
            </Radio>
          ))}
        </RadioGroup>
        <KindChoice kinds={view.kinds} kind={kind} onChoose={setKind} />
      </div>
      <StatementBody view={view} currency={currency} isFiltered={kind !== undefined} />
    </section>
  )
}

interface KindChoiceProps {
  kinds: readonly string[]
  kind: string | undefined
  onChoose: (kind: string | undefined) => void
}

function KindChoice({ kinds, kind, onChoose }: KindChoiceProps) {
  const { t } = useTranslation()
  if (kinds.length < 2 && kind === undefined) return null
  return (
    <select
      className="statement-kind"
      aria-label={t('wallet.what')}
      value={kind ?? ''}
      onChange={(event) => onChoose(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">{t('wallet.any')}</option>
      {kinds.map((one) => (
        <option key={one} value={one}>
          {kindName(t, one)}
        </option>
      ))}
    </select>
  )
}

interface StatementBodyProps {
  view: StatementView
  currency: Currency
  isFiltered: boolean
}

function StatementBody({ view, currency, isFiltered }: StatementBodyProps) {
  const { t, i18n } = useTranslation()
  const { status, lines, hasOlder, hasFailedOlder, isReading, readOlder, readAgain } = view
  const now = useNow(60_000)
  const isBroken = status === 'error' || hasFailedOlder
  if (status === 'error' && lines.length === 0) return <Failed onRetry={readAgain} />
  if (status === 'pending') return <Skeletons />
  if (lines.length === 0) return <Nothing isFiltered={isFiltered} />
  const days = Map.groupBy(lines, ({ at }) => new Date(at).toDateString())
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <div key={day} className="statement-day">
          <h3>{dayOf(ofDay[0]?.at ?? 0, now, i18n.language)}</h3>
          <ul>
            {ofDay.map((line) => (
              <StatementRow key={line.n} line={line} currency={currency} />
            ))}
          </ul>
        </div>
      ))}
      {isBroken ? <Failed onRetry={hasFailedOlder ? readOlder : readAgain} /> : null}
      {hasOlder && !isBroken ? (
        <button
          type="button"
          className="button button-plain button-wide"
          aria-disabled={isReading || undefined}
          onClick={readOlder}
        >
          {t('wallet.older')}
        </button>
      ) : null}
    </>
  )
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <p className="notice notice-bad" role="alert">
      {t('wallet.failed')}{' '}
      <button type="button" className="link-button" onClick={onRetry}>
        {t('app.retry')}
      </button>
    </p>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="statement-none">
      <ReceiptText size={30} aria-hidden="true" />
      <p>{isFiltered ? t('wallet.noneOfKind') : t('wallet.none')}</p>
      {isFiltered ? null : <p className="dim">{t('wallet.noneText')}</p>}
    </div>
  )
}

function Skeletons() {
  return (
    <div className="statement-day" aria-busy="true">
      {skeletons.map((row) => (
        <div key={row} className="statement-row" aria-hidden="true">
          <span className="skeleton statement-sign" />
          <span className="skeleton line-skeleton" />
          <span className="skeleton line-skeleton line-short" />
        </div>
      ))}
    </div>
  )
}
