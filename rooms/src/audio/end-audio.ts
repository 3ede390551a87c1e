/** `stream.end` in a room of voices: also by whoever leads it while the host is away. */
import { floorRoleOf } from '../floor/floor-scope.ts'
import type { Member } from '../kit/member.ts'
import { kitRefusals } from '../kit/protocol.ts'
import { refuse } from '../kit/refusal.ts'
import { endStream } from '../live/end-stream.ts'
import type { LiveScope } from '../live/live-scope.ts'
import type { StreamEnded } from '../live/protocol.ts'

export function endAudio(scope: LiveScope, member: Member): Promise<StreamEnded> {
  const isLeading = scope.floor && floorRoleOf(scope.floor.scope, member) === 'host'
  if (!isLeading) refuse(kitRefusals, 'not_allowed')
  return endStream(scope, member)
}
