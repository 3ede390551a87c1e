/** What can be given, cheapest first: twelve gifts in four sizes of effect. */
import type { GiftKind } from '@odeon/rooms/ports'

export const houseGifts: readonly GiftKind[] = [
  { id: 'rose', priceCoins: 1, effect: 'tap', tierMin: 0 },
  { id: 'tea', priceCoins: 5, effect: 'tap', tierMin: 0 },
  { id: 'momo', priceCoins: 25, effect: 'tap', tierMin: 0 },
  { id: 'confetti', priceCoins: 50, effect: 'burst', tierMin: 0 },
  { id: 'kite', priceCoins: 100, effect: 'burst', tierMin: 0 },
  { id: 'marigold', priceCoins: 200, effect: 'burst', tierMin: 1 },
  { id: 'lantern', priceCoins: 500, effect: 'banner', tierMin: 0 },
  { id: 'madal', priceCoins: 1_000, effect: 'banner', tierMin: 0 },
  { id: 'comet', priceCoins: 2_500, effect: 'banner', tierMin: 0 },
  { id: 'danphe', priceCoins: 5_000, effect: 'stage', tierMin: 0 },
  { id: 'crown', priceCoins: 15_000, effect: 'stage', tierMin: 3 },
  { id: 'everest', priceCoins: 50_000, effect: 'stage', tierMin: 0 },
]
