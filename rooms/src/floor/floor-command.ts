/**
 * The one place where it is decided who may do what on the floor. A role there is more than a role
 * of the room: speakers are viewers to the kit, and whoever leads for an absent host may be one.
 */
import type { z } from 'zod'
import { type Command, command, everyone } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import type { Rate } from '../kit/token-bucket.ts'
import { type FloorScope, floorRoleOf } from './floor-scope.ts'
import { type FloorRole, floorRefusals } from './protocol.ts'

/** A room with a floor. */
export interface FloorHolder {
  readonly floor: { readonly scope: FloorScope }
}

interface FloorCommand<Shape extends z.ZodType> {
  shape: Shape
  by: readonly FloorRole[]
  /** Who may name somebody else, where others name nobody but themselves. */
  forOthersBy?: readonly FloorRole[]
  rate?: Rate & { class: string }
  action: (scope: FloorScope, member: Member, message: z.output<Shape>) => unknown
}

export function floorCommand<Shape extends z.ZodType>(
  options: FloorCommand<Shape>,
): Command<FloorHolder> {
  const { shape, by, forOthersBy = by, rate, action } = options
  return command<FloorHolder, Shape>({
    shape,
    may: everyone,
    ...(rate && { rate }),
    action: ({ floor }, member, message) => {
      const { scope } = floor
      const { userId } = message as { userId?: string | null }
      const isForOther = typeof userId === 'string' && userId !== member.id
      const allowed = isForOther ? forOthersBy : by
      if (!allowed.includes(floorRoleOf(scope, member))) refuse(kitRefusals, 'not_allowed')
      if (scope.phase() === 'ended') refuse(floorRefusals, 'floor_closed')
      return action(scope, member, message)
    },
  })
}
