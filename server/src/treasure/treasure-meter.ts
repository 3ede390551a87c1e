/** Figures of treasure boxes for Prometheus. */
import type { TreasureOutcome } from '@odeon/rooms/ports'
import { Counter, type Registry } from 'prom-client'

export interface TreasureMeter {
  drawn(outcome: TreasureOutcome): void
}

export function treasureMeter(registry: Registry | undefined): TreasureMeter {
  const registers = registry === undefined ? [] : [registry]
  const boxes = new Counter({
    name: 'odeon_treasure_boxes_total',
    help: 'Treasure boxes that were drawn and paid',
    registers,
  })
  const coins = new Counter({
    name: 'odeon_treasure_coins_total',
    help: 'Coins of treasure boxes, given to the lucky ones or back to who filled them',
    labelNames: ['went'],
    registers,
  })
  return {
    drawn({ givenCoins, returnedCoins }) {
      boxes.inc()
      coins.inc({ went: 'given' }, givenCoins)
      coins.inc({ went: 'back' }, returnedCoins)
    },
  }
}
