/** Whom an action is told: the other rooms of the channel, and the person concerned. */
import { grantedRole, purges } from './action-effects.ts'
import type { ModerationDeps } from './deps.ts'
import { type NoticeFacts, sanctionNotice } from './leave-notice.ts'
import { sanctionOf, type SanctionRow } from './sanctions.ts'
import type { Taking } from './take-action.ts'
import { purgeRooms, refreshRooms } from './tell-concerned.ts'

type Told = Taking & { sanction: SanctionRow | null }

/** After the commit; `actingRoomId` has applied it by itself. */
export function tellRooms(deps: ModerationDeps, told: Told, actingRoomId: string | null): void {
  const { action, target, sanction } = told
  const { kind, channelId } = action
  if (!target) return
  const place = { channelId, actingRoomId }
  if (purges(told) && channelId) purgeRooms(deps, target.id, place)
  switch (kind) {
    case 'timeout':
    case 'ban':
    case 'grant':
    case 'revoke':
      return refreshRooms(deps, target.id, place)
    case 'untimeout':
    case 'unban':
      return refreshRooms(
        deps,
        target.id,
        sanction?.channel_id === null ? { channelId: null } : place,
      )
    default:
  }
}

/** What the person concerned is told of it, if anything. */
export function noticeOf(told: Told): NoticeFacts | undefined {
  const { action, target, sanction, actor } = told
  const { kind, reason } = action
  switch (kind) {
    case 'timeout':
    case 'ban':
      return sanction ? sanctionNotice(sanctionOf(sanction)) : undefined
    case 'untimeout':
    case 'unban':
      return { kind: 'sanction_lifted', sanctionId: sanction?.id ?? null }
    case 'warn':
      return { kind: 'warning', text: reason }
    case 'delete':
      if (target?.id === actor.id) return undefined
      return { kind: 'message_removed', text: action.lines?.[0]?.text ?? reason }
    case 'grant':
    case 'revoke':
      return {
        kind: kind === 'grant' ? 'role_granted' : 'role_revoked',
        from: { id: actor.id, name: actor.name },
        text: grantedRole(told),
      }
    default:
      return undefined
  }
}
