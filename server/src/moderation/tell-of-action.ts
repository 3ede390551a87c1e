/** Whom an action is told once it stands: the other rooms of the channel, the person concerned. */
import { grantedRole, purges } from './action-effects.ts'
import type { ModerationDeps } from './deps.ts'
import { sanctionOf, type SanctionRow } from './sanctions.ts'
import type { Taking } from './take-action.ts'
import { notifyPerson, purgeRooms, refreshRooms, sanctionNotice } from './tell-concerned.ts'

/** Begins the telling and does not wait for it; `actingRoomId` has applied it by itself. */
export function tellOfAction(
  deps: ModerationDeps,
  taking: Taking & { sanction: SanctionRow | null },
  actingRoomId: string | null,
): void {
  const { action, target, sanction, actor } = taking
  const { kind, channelId, reason } = action
  if (!target) return
  const place = { channelId, actingRoomId }
  const tell = (facts: Parameters<typeof notifyPerson>[3]) =>
    void notifyPerson(deps, target.id, channelId, facts)
  if (purges(taking) && channelId) purgeRooms(deps, target.id, place)
  switch (kind) {
    case 'timeout':
    case 'ban':
      refreshRooms(deps, target.id, place)
      if (sanction) tell(sanctionNotice(sanctionOf(sanction)))
      return
    case 'untimeout':
    case 'unban':
      refreshRooms(deps, target.id, sanction?.channel_id === null ? { channelId: null } : place)
      tell({ kind: 'sanction_lifted', sanctionId: sanction?.id ?? null })
      return
    case 'warn':
      tell({ kind: 'warning', text: reason })
      return
    case 'delete':
      if (target.id !== actor.id) {
        tell({ kind: 'message_removed', text: action.lines?.[0]?.text ?? reason })
      }
      return
    case 'grant':
    case 'revoke':
      refreshRooms(deps, target.id, place)
      tell({
        kind: kind === 'grant' ? 'role_granted' : 'role_revoked',
        from: { id: actor.id, name: actor.name },
        text: grantedRole(taking),
      })
      return
    default:
  }
}
