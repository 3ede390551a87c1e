/** Choosing a pack and where to pay; then one leaves for there. */
import type { CoinOffer, CoinPack, FiatCurrency, GatewayName } from '@odeon/sdk'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { openSignIn } from '../accounts/open-sign-in.ts'
import { errorText } from '../frame/refusal-text.ts'
import { Coin } from '../gifts/gift-glyph.tsx'
import { newId } from '../session/new-id.ts'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { goToPay } from './go-to-pay.ts'
import { priceOf } from './price.ts'

/** Rupees for whoever reads Nepali or lives by Nepal's clock. */
function usualCurrency(language: string): FiatCurrency {
  const isThere = /Kath?mandu$/.test(Intl.DateTimeFormat().resolvedOptions().timeZone)
  return language === 'ne' || isThere ? 'NPR' : 'USD'
}

interface CoinOrderProps {
  offer: CoinOffer
  /** Others are asked to sign in where one pays. */
  mayPay: boolean
}

export function CoinOrder({ offer, mayPay }: CoinOrderProps) {
  const { t, i18n } = useTranslation()
  const offered = (['NPR', 'USD'] as const).filter((currency) =>
    offer.gateways.some(({ currencies }) => currencies.includes(currency)),
  )
  const usual = usualCurrency(i18n.language)
  const [wanted, setWanted] = useState<FiatCurrency>(usual)
  const currency = offered.includes(wanted) ? wanted : (offered[0] ?? usual)
  const packs = offer.packs.filter((pack) => pack.currency === currency)
  const gateways = offer.gateways.filter(({ currencies }) => currencies.includes(currency))
  const [packId, setPackId] = useState<string>()
  const [name, setName] = useState<GatewayName>()
  const pack = packs.find(({ id }) => id === packId) ?? packs[1] ?? packs[0]
  const gateway = gateways.find((one) => one.name === name) ?? gateways[0]
  if (pack === undefined || gateway === undefined) return null
  return (
    <section className="coin-order" aria-label={t('coins.title')}>
      {offered.length > 1 ? (
        <Choices
          legend={t('coins.currency')}
          kind="coin-currencies"
          options={offered}
          chosen={currency}
          onChoose={setWanted}
          renderOne={(one) => t(`coins.currencies.${one}`)}
        />
      ) : null}
      <Choices
        legend={t('coins.pack')}
        kind="coin-packs"
        options={packs.map(({ id }) => id)}
        chosen={pack.id}
        onChoose={setPackId}
        renderOne={(id) => <PackCard pack={packs.find((one) => one.id === id) ?? pack} />}
      />
      <Choices
        legend={t('coins.way')}
        kind="coin-ways"
        options={gateways.map((one) => one.name)}
        chosen={gateway.name}
        onChoose={setName}
        renderOne={(one) => (
          <>
            <strong>{t(`coins.gateways.${one}`)}</strong>
            <span>{t(`coins.gatewayHints.${one}`)}</span>
          </>
        )}
      />
      {mayPay ? (
        <Pay key={`${pack.id} ${gateway.name}`} pack={pack} gateway={gateway.name} />
      ) : (
        <SignInToPay pack={pack} />
      )}
    </section>
  )
}

interface ChoicesProps<T extends string> {
  legend: string
  kind: string
  options: readonly T[]
  chosen: T
  onChoose: (one: T) => void
  renderOne: (one: T) => React.ReactNode
}

function Choices<T extends string>(props: ChoicesProps<T>) {
  const { legend, kind, options, chosen, onChoose, renderOne } = props
  return (
    <fieldset className={`coin-choices ${kind}`}>
      <legend>{legend}</legend>
      <div>
        {options.map((one) => (
          <label key={one} className="coin-choice" data-chosen={one === chosen || undefined}>
            <input
              type="radio"
              className="unseen"
              name={kind}
              value={one}
              checked={one === chosen}
              onChange={() => onChoose(one)}
            />
            {renderOne(one)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function PackCard({ pack }: { pack: CoinPack }) {
  const { t, i18n } = useTranslation()
  return (
    <>
      <Coin size={30} />
      <strong className="figures">{t('coins.packCoins', { coins: pack.coins })}</strong>
      <span className="figures">{priceOf(pack, i18n.language)}</span>
    </>
  )
}

function SignInToPay({ pack }: { pack: CoinPack }) {
  const { t, i18n } = useTranslation()
  return (
    <div className="coin-pay">
      <button
        type="button"
        className="button button-primary button-wide"
        onClick={() => openSignIn('signIn')}
      >
        {t('coins.signInToPay', { price: priceOf(pack, i18n.language) })}
      </button>
      <p className="coin-next">{t('coins.next')}</p>
    </div>
  )
}

/** One id for each choice: whoever taps twice, or again after a lost answer, pays once. */
function Pay({ pack, gateway }: { pack: CoinPack; gateway: GatewayName }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const [requestId] = useState(() => newId())
  const [isGoing, setGoing] = useState(false)
  const [failed, setFailed] = useState<unknown>()
  const pay = async () => {
    setGoing(true)
    setFailed(undefined)
    try {
      const { payment, way } = await odeon.payments.checkout({
        packId: pack.id,
        gateway,
        requestId,
      })
      if (way) return goToPay(way)
      // It is over, one way or the other: its page says how.
      const params = { paymentId: payment.id }
      await navigate({ to: '/coins/return/$paymentId', params })
    } catch (error) {
      setFailed(error)
      setGoing(false)
    }
  }
  return (
    <div className="coin-pay">
      {failed === undefined ? null : (
        <p className="notice notice-bad" role="alert">
          {errorText(t, failed)}
        </p>
      )}
      <button
        type="button"
        className="button button-primary button-wide"
        aria-disabled={isGoing || undefined}
        onClick={() => {
          if (!isGoing) void pay()
        }}
      >
        {isGoing ? t('coins.going') : t('coins.pay', { price: priceOf(pack, i18n.language) })}
      </button>
      <p className="coin-next">{t('coins.next')}</p>
    </div>
  )
}
