/** The tiers that can be bought, lowest first: prices, days and what each gives (SUB-02). */
import { type ChatPrivilege, dailyBonusOf, type HouseTier } from '@odeon/rooms'
import { houseGifts } from '../gifts/house-gifts.ts'

const days = 30

const colour: readonly ChatPrivilege[] = ['coloured_name']
const room: readonly ChatPrivilege[] = [...colour, 'long_message']
const pace: readonly ChatPrivilege[] = [...room, 'slow_mode_exempt']

export const houseTiers: readonly HouseTier[] = [
  tier(1, 1_000, colour),
  tier(2, 2_500, room),
  tier(3, 5_000, pace),
  tier(4, 12_500, pace),
  tier(5, 25_000, pace),
]

function tier(
  level: number,
  priceCoins: number,
  chatPrivileges: readonly ChatPrivilege[],
): HouseTier {
  const exclusiveGifts = houseGifts.filter(({ tierMin }) => tierMin === level).map(({ id }) => id)
  const dailyBonus = dailyBonusOf({ priceCoins, days })
  return { level, priceCoins, days, dailyBonus, exclusiveGifts, chatPrivileges }
}
