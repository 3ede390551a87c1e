/** One line of a statement; opened, its receipt. */
import type { Currency, StatementLine } from '@odeon/sdk'
import { Link } from '@tanstack/react-router'
import { ArrowDownLeft, ArrowUpRight, ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { dateOf, timeOf } from '../frame/when.ts'
import { GiftGlyph } from '../gifts/gift-glyph.tsx'
import { giftName } from '../gifts/gift-words.ts'
import { useTranslation } from '../text/use-translation.ts'
import { amountOf, movedOf } from './amounts.ts'
import { kindName, lineTitle } from './wallet-words.ts'

interface StatementRowProps {
  line: StatementLine
  currency: Currency
}

export function StatementRow({ line, currency }: StatementRowProps) {
  const { t, i18n } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const { at, amount, balance, gift } = line
  const { language } = i18n
  const hasLeft = amount < 0
  const Way = hasLeft ? ArrowUpRight : ArrowDownLeft
  return (
    <li data-way={hasLeft ? 'out' : 'in'} data-line={line.n}>
      <button
        type="button"
        className="statement-row"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="statement-sign">
          {gift ? (
            <GiftGlyph giftId={gift.giftId} size={28} />
          ) : (
            <Way size={20} aria-hidden="true" />
          )}
        </span>
        <span className="statement-what">
          <strong>{lineTitle(t, line)}</strong>
          <span className="dim">
            {timeOf(at, language)}
            {gift ? ` · ${gift.stream.title}` : null}
          </span>
        </span>
        <span className="statement-amount figures">
          <strong>{movedOf(amount, currency, language)}</strong>
          <span className="dim">
            {t('wallet.balanceAfter', { amount: amountOf(balance, currency, language) })}
          </span>
        </span>
        <ChevronDown className="statement-more" size={18} aria-hidden="true" />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen ? <Receipt line={line} currency={currency} /> : null}
      </div>
    </li>
  )
}

function Receipt({ line, currency }: StatementRowProps) {
  const { t, i18n } = useTranslation()
  const { id, at, kind, amount, balance, with: other, gift } = line
  const { language } = i18n
  const hasLeft = amount < 0
  const shown = (minor: number) => amountOf(minor, currency, language)
  return (
    <section className="receipt" aria-label={t('wallet.receipt')}>
      <h4>{t('wallet.receipt')}</h4>
      <dl>
        <Row label={t('wallet.what')}>{kindName(t, kind)}</Row>
        {gift ? (
          <Row label={t('wallet.gift')}>
            {t('wallet.giftPlain', { quantity: gift.quantity, gift: giftName(t, gift.giftId) })}
          </Row>
        ) : null}
        {other ? <Row label={t(hasLeft ? 'wallet.to' : 'wallet.from')}>{other.name}</Row> : null}
        {gift ? (
          <Row label={t('wallet.inStream')}>
            <Link to="/live/$streamId" params={{ streamId: gift.stream.id }} className="link">
              {gift.stream.title}
            </Link>
          </Row>
        ) : null}
        {gift ? <Row label={t('wallet.price')}>{shown(gift.coins)}</Row> : null}
        {gift ? (
          <Row label={t(hasLeft ? 'wallet.paid' : 'wallet.share')}>{shown(Math.abs(amount))}</Row>
        ) : null}
        <Row label={t('wallet.left')}>{shown(balance)}</Row>
        <Row label={t('wallet.when')}>{dateOf(at, language)}</Row>
        <Row label={t('wallet.number')}>
          <code>{id}</code>
        </Row>
      </dl>
    </section>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figures">{children}</dd>
    </div>
  )
}
