/** `goal.set`: what the host hopes for, counted from now; nothing takes it away. */
import type { Member } from '../kit/member.ts'
import { refuse } from '../kit/refusal.ts'
import type { GiftScope } from './gift-scope.ts'
import { type GoalChanged, type GoalSet, giftRefusals } from './protocol.ts'

export function setGoal({ state, announce }: GiftScope, _: Member, { goal }: GoalSet): GoalChanged {
  const { goal: current } = state.gifts
  const { title, targetCoins } = goal ?? { title: '', targetCoins: 0 }
  if (current.title === title && current.targetCoins === targetCoins) {
    refuse(giftRefusals, 'no_change')
  }

  current.assign({ title, targetCoins, coins: 0 })
  return announce('goal.changed', { title, targetCoins, isReached: false })
}
