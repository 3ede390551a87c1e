/** What is said of a treasure box: why not, what came of it, and in the chat. */
import { Refusal } from '@odeon/sdk'
import type { TreasureLine } from '../chat/lines.ts'
import { errorText } from '../frame/refusal-text.ts'
import type { TFunction } from '../text/use-translation.ts'
import type { TreasureNow } from './use-treasure.ts'

export function treasureErrorText(t: TFunction, error: unknown): string {
  if (error instanceof Refusal && error.code === 'not_live') return t('treasure.notLive')
  return errorText(t, error)
}

export function treasureLineText(t: TFunction, line: TreasureLine): string {
  const { name, coins, count, shares } = line
  if (line.what === 'funded') return t('treasure.lineFunded', { name, coins, shares })
  if (line.what === 'expired') return t('treasure.lineExpired', { name })
  return count === 0
    ? t('treasure.lineNobody', { name })
    : t('treasure.lineDrawn', { count, coins })
}

/** What it came to for whoever reads it. */
export function outcomeText(
  t: TFunction,
  box: TreasureNow,
  { ownId, hasClaimed }: { ownId: string; hasClaimed: boolean },
): string {
  if (box.isExpired) return t('treasure.expired')
  const own = box.lucky.find(({ id }) => id === ownId)
  if (own) return t('treasure.got', { count: own.coins })
  if (box.byId === ownId) {
    return box.returnedCoins > 0
      ? t('treasure.returned', { count: box.returnedCoins })
      : t('treasure.allGiven')
  }
  if (hasClaimed) return t('treasure.noLuck')
  return box.lucky.length > 0 ? t('treasure.drawn') : t('treasure.nobody')
}
