/** A combo in the chat: one line that counts up where its first gift came. */
import type { GiftLine as Told } from '../chat/lines.ts'
import { nameColour } from '../chat/name-colours.ts'
import { useTranslation } from '../text/use-translation.ts'
import { GiftGlyph } from './gift-glyph.tsx'
import { giftName } from './gift-words.ts'

/** Coins from which a line is lit, and from which it glows. */
const weights = { lit: 500, grand: 5_000 } as const

export function GiftLine({ line }: { line: Told }) {
  const { t } = useTranslation()
  const { from, giftId, units, coins } = line
  const weight = coins >= weights.grand ? 'grand' : coins >= weights.lit ? 'lit' : undefined
  return (
    <li className="chat-gift" data-key={line.key} data-weight={weight}>
      <GiftGlyph giftId={giftId} size={26} />
      <span className="chat-gift-text">
        <strong style={{ color: nameColour(from.id) }}>{from.name}</strong>{' '}
        {t('gifts.lineText', { gift: giftName(t, giftId) })}
      </span>
      <span key={units} className="chat-gift-count figures">
        {t('gifts.combo', { units })}
      </span>
    </li>
  )
}
