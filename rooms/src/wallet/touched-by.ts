/** Everything an adapter must read before a batch of transfers can be decided. */
import { escrowKey } from './check-transfer.ts'
import type { AccountRef } from './ledger.ts'
import { type Hold, type Tally, tallyKey } from './ledger-view.ts'
import { keyOf, type Prepared } from './prepare-transfer.ts'

export interface TouchedBy {
  accountKeys: Set<string>
  transferIds: Set<string>
  tallies: Map<string, Pick<Tally, 'streamId' | 'of' | 'about'>>
}

/** Ids of what is resolved; holds never change, so they may be read before all else. */
export const resolvedBy = (asked: readonly Prepared[]): string[] =>
  asked.flatMap(({ ask: { movement }, isWellFormed }) =>
    isWellFormed && movement.do === 'resolve' ? [movement.holdId] : [],
  )

/** `holds` are those of `resolvedBy`. A hold that the batch itself makes is with its ask. */
export function touchedBy(
  asked: readonly Prepared[],
  holds: Iterable<Pick<Hold, 'holderKey' | 'escrowKey'>>,
  stripe: number,
): TouchedBy {
  const accountKeys = new Set<string>()
  const tallies: TouchedBy['tallies'] = new Map()
  const touch = (ref: AccountRef) => void accountKeys.add(keyOf(ref, stripe))
  const wellFormed = asked.filter(({ isWellFormed }) => isWellFormed)
  for (const { ask } of wellFormed) {
    const { movement, countedIn } = ask
    if (movement.do === 'post') for (const { from, to } of movement.legs) touchBoth(from, to)
    if (movement.do === 'resolve') for (const { to } of movement.to) touch(to)
    if (movement.do === 'hold') {
      touch(movement.from)
      accountKeys.add(escrowKey(movement.from.currency, stripe))
    }
    for (const one of countedIn ? talliesOf(countedIn) : []) tallies.set(tallyKey(one), one)
  }
  for (const { holderKey, escrowKey: key } of holds) accountKeys.add(holderKey).add(key)
  return { accountKeys, tallies, transferIds: new Set(wellFormed.map(({ id }) => id)) }

  function touchBoth(from: AccountRef, to: AccountRef): void {
    touch(from)
    touch(to)
  }
}

function talliesOf({ streamId, supporterId, combo }: NonNullable<Prepared['ask']['countedIn']>) {
  const all: Pick<Tally, 'streamId' | 'of' | 'about'>[] = [
    { streamId, of: 'stream', about: streamId },
    { streamId, of: 'supporter', about: supporterId },
  ]
  return combo === undefined ? all : [...all, { streamId, of: 'combo' as const, about: combo.id }]
}
