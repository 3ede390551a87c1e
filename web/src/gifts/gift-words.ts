/** What gifts are called, and why one was refused. */
import { refusalText } from '../frame/refusal-text.ts'
import { enGifts } from '../text/en-gifts.ts'
import type { TFunction } from '../text/use-translation.ts'
import type { RefusedGift } from './own-gifts.ts'

type Named = keyof typeof enGifts.gifts.names

/** In the reader's language; a gift this page does not know is called by its id. */
export function giftName(t: TFunction, giftId: string): string {
  if (Object.hasOwn(enGifts.gifts.names, giftId)) return t(`gifts.names.${giftId as Named}`)
  const words = giftId.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function giftRefusedText(t: TFunction, gift: RefusedGift): string {
  const why = gift.code === 'not_live' ? t('gifts.notLive') : refusalText(t, gift)
  const name = giftName(t, gift.giftId)
  return t('gifts.refused', { quantity: gift.quantity, name, why })
}
