/** `notice.read`: the owner has seen one notice, or all; every device of theirs learns of it. */
import type { Scope } from '../kit/command.ts'
import type { Member } from '../kit/member.ts'
import type { NoticeBox } from '../ports.ts'
import type { MeEvents } from '../protocol.ts'
import type { NoticeRead } from './protocol.ts'
import type { MeState } from './state.ts'

export interface MeScope extends Scope<MeState, MeEvents> {
  readonly notices: Pick<NoticeBox, 'read'>
  /** Resolves when the state holds what is kept now. */
  readonly catchUp: () => Promise<void>
}

export async function readNotice(scope: MeScope, member: Member, { id }: NoticeRead) {
  await scope.notices.read(member.id, id)

  await scope.catchUp()
  return { unread: scope.state.unread }
}
