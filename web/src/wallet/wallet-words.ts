/** What moved a balance, in the reader's words. */
import type { StatementLine } from '@odeon/sdk'
import { giftName } from '../gifts/gift-words.ts'
import { enGifts } from '../text/en-gifts.ts'
import type { TFunction } from '../text/use-translation.ts'

type Known = keyof typeof enGifts.wallet.kinds

/** A kind that a newer server has is called by its own name. */
export function kindName(t: TFunction, kind: string): string {
  if (Object.hasOwn(enGifts.wallet.kinds, kind)) return t(`wallet.kinds.${kind as Known}`)
  const words = kind.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function lineTitle(
  t: TFunction,
  { kind, gift, with: other, amount, isReturned }: StatementLine,
): string {
  const hasLeft = amount < 0
  if (gift) {
    const { quantity, giftId } = gift
    const words = { quantity, gift: giftName(t, giftId) }
    if (!other) return t('wallet.giftPlain', words)
    return t(hasLeft ? 'wallet.giftTo' : 'wallet.giftFrom', { ...words, name: other.name })
  }
  if (kind === 'treasure') return t('wallet.treasureFilled')
  if (kind === 'treasure_draw') {
    return t(isReturned ? 'wallet.treasureBack' : 'wallet.treasureGot')
  }
  if (kind === 'tip' && other) {
    return t(hasLeft ? 'wallet.tipTo' : 'wallet.tipFrom', { name: other.name })
  }
  return kindName(t, kind)
}
