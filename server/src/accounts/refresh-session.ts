/**
 * One refresh: the token given is replaced. A replaced token that comes back ends the whole
 * sign-in, because somebody else holds a copy; docs/accounts.md weighs the one exception.
 */
import { LockMode } from '@mikro-orm/core'
import type { EntityManager } from '@mikro-orm/postgresql'
import { type RefreshToken, RefreshTokenEntity, type Session, SessionEntity } from './entities.ts'
import { accountLimits } from './protocol.ts'
import { hashToken, newToken, sealToken, unsealToken } from './refresh-tokens.ts'

export type RefreshOutcome =
  | { refreshed: { sid: string; userId: string; refreshToken: string } }
  | { reused: { sid: string; userId: string } }
  /** It was the account's suspension that ended the sign-in, and the token is its newest. */
  | { suspended: string }
  | null

/** Runs inside a transaction. */
export async function refreshSession(
  tx: EntityManager,
  token: string,
  nowMs: number,
): Promise<RefreshOutcome> {
  const found = await tx.findOne(RefreshTokenEntity, hashToken(token))
  if (!found) return null
  // Everything about one sign-in happens in turn, also two refreshes at once.
  const lockMode = LockMode.PESSIMISTIC_WRITE
  const session = await tx.findOne(SessionEntity, found.sessionId, { lockMode })
  if (!session) return null
  await tx.refresh(found)
  const { id: sid, userId } = session
  if (session.endedBecause === 'suspended' && session.expiresAt.getTime() > nowMs) {
    return (await isNewest(tx, token, { found, session })) ? { suspended: userId } : null
  }
  if (isOver(session, nowMs)) return null

  if (!found.usedAt) {
    const refreshToken = issueToken(tx, sid, nowMs)
    found.usedAt = new Date(nowMs)
    found.sealedSuccessor = sealToken(token, refreshToken)
    session.lastUsedAt = new Date(nowMs)
    session.expiresAt = new Date(nowMs + accountLimits.refreshMs)
    return { refreshed: { sid, userId, refreshToken } }
  }
  if (found.sealedSuccessor && nowMs - found.usedAt.getTime() <= accountLimits.repeatMs) {
    // Two tabs at once: the second gets the very token that the first got, never another one,
    // so a sign-in has one current token whoever asks.
    const successor = unsealToken(token, found.sealedSuccessor)
    const row = await tx.findOne(RefreshTokenEntity, hashToken(successor))
    if (row && !row.usedAt) return { refreshed: { sid, userId, refreshToken: successor } }
  }
  session.endedAt = new Date(nowMs)
  session.endedBecause = 'reuse'
  return { reused: { sid, userId } }
}

/** Also when its successor was given out as the suspension came, and reached nobody. */
async function isNewest(
  tx: EntityManager,
  token: string,
  { found, session }: { found: RefreshToken; session: Session },
): Promise<boolean> {
  if (!found.usedAt) return true
  const agoMs = (session.endedAt?.getTime() ?? Infinity) - found.usedAt.getTime()
  if (!found.sealedSuccessor || agoMs > accountLimits.repeatMs) return false
  const successor = unsealToken(token, found.sealedSuccessor)
  const row = await tx.findOne(RefreshTokenEntity, hashToken(successor))
  return row !== null && !row.usedAt
}

function isOver(session: Session, nowMs: number): boolean {
  return session.endedAt != null || session.expiresAt.getTime() <= nowMs
}

/** The next token of a sign-in; the caller flushes. */
export function issueToken(tx: EntityManager, sessionId: string, nowMs: number): string {
  const token = newToken()
  tx.create(RefreshTokenEntity, {
    hash: hashToken(token),
    sessionId,
    issuedAt: new Date(nowMs),
    usedAt: null,
    sealedSuccessor: null,
  })
  return token
}
