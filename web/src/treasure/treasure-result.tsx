/** Who was lucky, and the draw to be worked out again, here in the page. */
import { isTreasureProven } from '@odeon/sdk'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import type { TreasureNow } from './use-treasure.ts'

interface TreasureResultProps {
  box: TreasureNow
  ownId: string
}

export function TreasureResult({ box, ownId }: TreasureResultProps) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const lucky = box.lucky.toSorted((one, other) => other.coins - one.coins)
  return (
    <>
      {lucky.length > 0 ? (
        <ol className="treasure-lucky" aria-label={t('treasure.lucky')} tabIndex={0}>
          {lucky.map(({ id, name, coins }) => (
            <li key={id} data-own={id === ownId || undefined}>
              <span>{name}</span>
              <strong className="figures">{number.format(coins)}</strong>
            </li>
          ))}
        </ol>
      ) : null}
      {box.isExpired ? null : <Check box={box} />}
    </>
  )
}

type Found = 'none' | 'looking' | 'holds' | 'broken' | 'unknown'

function Check({ box: { id, commitment } }: Pick<TreasureResultProps, 'box'>) {
  const { t } = useTranslation()
  const [found, setFound] = useState<Found>('none')
  const look = async () => {
    setFound('looking')
    try {
      const proof = await odeon.gifts.treasureProof(id)
      setFound((await isTreasureProven(proof, commitment)) ? 'holds' : 'broken')
    } catch {
      // Out of reach, or a page without a secure connection: nothing is known.
      setFound('unknown')
    }
  }
  const isAsked = found === 'none' || found === 'looking'
  const Sign = found === 'holds' ? ShieldCheck : ShieldAlert
  return (
    <div className="treasure-check" role="status">
      {isAsked ? (
        <button
          type="button"
          className="button button-quiet"
          aria-disabled={found === 'looking' || undefined}
          onClick={() => void (found === 'none' && look())}
        >
          {t('treasure.check')}
        </button>
      ) : (
        <p data-found={found}>
          <Sign size={16} aria-hidden="true" />
          {t(`treasure.checked.${found}`)}
        </p>
      )}
    </div>
  )
}
