/** Who was lucky, and the draw to be worked out again, here in the page. */
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { odeon } from '../session/odeon.ts'
import { useTranslation } from '../text/use-translation.ts'
import { isDrawnAsShown, type Shown } from './check-draw.ts'

interface TreasureResultProps {
  shown: Shown
  isExpired: boolean
}

export function TreasureResult({ shown, isExpired }: TreasureResultProps) {
  const { t, i18n } = useTranslation()
  const number = new Intl.NumberFormat(i18n.language)
  const { box, ownId } = shown
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
      {isExpired ? null : <Check shown={shown} />}
    </>
  )
}

type Found = 'none' | 'looking' | 'holds' | 'broken' | 'unknown'

function Check({ shown }: Pick<TreasureResultProps, 'shown'>) {
  const { t } = useTranslation()
  const [found, setFound] = useState<Found>('none')
  const look = async () => {
    setFound('looking')
    try {
      const proof = await odeon.gifts.treasureProof(shown.box.id)
      setFound((await isDrawnAsShown(proof, shown)) ? 'holds' : 'broken')
    } catch {
      // Out of reach, or a page without a secure connection: nothing is known.
      setFound('unknown')
    }
  }
  const isToAsk = found === 'none' || found === 'unknown'
  const Sign = found === 'holds' ? ShieldCheck : ShieldAlert
  return (
    <div className="treasure-check">
      <button
        type="button"
        className="button button-quiet"
        aria-disabled={!isToAsk || undefined}
        onClick={() => void (isToAsk && look())}
      >
        {t('treasure.check')}
      </button>
      <div role="status">
        {found === 'none' || found === 'looking' ? null : (
          <p data-found={found}>
            <Sign size={16} aria-hidden="true" />
            {t(`treasure.checked.${found}`)}
          </p>
        )}
      </div>
    </div>
  )
}
