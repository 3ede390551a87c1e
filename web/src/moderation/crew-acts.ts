/** What hosts and moderators do about lines and people, each with its words for undoing it. */
import type { LiveConnection } from '@odeon/sdk'
import type { CrewDesk } from './crew-desk.ts'

/** Lengths of a mute that are one press away. */
export const timeoutPresets = [
  ['s10', 10],
  ['m1', 60],
  ['m10', 600],
  ['h1', 3_600],
  ['d1', 86_400],
  ['d7', 604_800],
] as const

export interface CrewActs {
  delete: (id: string) => void
  timeout: (userId: string, seconds: number, reason?: string) => void
  untimeout: (userId: string) => void
  ban: (userId: string, reason?: string) => void
  unban: (userId: string) => void
  warn: (userId: string, reason?: string) => void
  pin: (id: string | null) => void
  grant: (userId: string, role: 'moderator' | 'vip') => void
  revoke: (userId: string, role: 'moderator' | 'vip') => void
}

export function crewActs(room: LiveConnection, desk: CrewDesk): CrewActs {
  const because = (reason: string | undefined) => (reason ? { reason } : {})
  return {
    delete: (id) => void desk.act(() => room.chat.delete(id)),
    timeout: (userId, seconds, reason) =>
      void desk.act(() => room.members.timeout({ userId, seconds, ...because(reason) })),
    untimeout: (userId) => void desk.act(() => room.members.untimeout({ userId })),
    ban: (userId, reason) => void desk.act(() => room.members.ban({ userId, ...because(reason) })),
    unban: (userId) => void desk.act(() => room.members.unban({ userId })),
    warn: (userId, reason) =>
      void desk.act(() => room.members.warn({ userId, ...because(reason) })),
    pin: (id) => void desk.act(() => room.chat.pin(id)),
    grant: (userId, role) => void desk.act(() => room.members.grant({ userId, role })),
    revoke: (userId, role) => void desk.act(() => room.members.revoke({ userId, role })),
  }
}

/** Who may act on whom: nobody on themselves, moderators on viewers, hosts on all but hosts. */
export function mayActOn(
  me: { id: string; role: string },
  other: { id: string; role: string },
): boolean {
  if (me.id === other.id || other.role === 'host') return false
  return me.role === 'host' || (me.role === 'moderator' && other.role === 'viewer')
}
