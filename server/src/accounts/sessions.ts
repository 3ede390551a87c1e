/** Sign-ins: opened, refreshed, ended. Each is one family of refresh tokens. */
import type { EntityManager } from '@mikro-orm/postgresql'
import type { World } from '@odeon/rooms/ports'
import type { Sql } from '../platform/database.ts'
import { gather, together } from '../platform/gather.ts'
import { type EndReason, RefreshTokenEntity, SessionEntity } from './entities.ts'
import { accountLimits } from './protocol.ts'
import { issueToken, refreshSession } from './refresh-session.ts'
import { hashToken } from './refresh-tokens.ts'

export interface SessionDeps {
  em: () => EntityManager
  prepared: Sql
  world: Pick<World, 'now' | 'newId'>
  /** Called with the sign-ins that ended, once that is committed. */
  ended: (sessions: Ended[], because: EndReason) => void
}

export interface Ended {
  sid: string
  userId: string
}

export interface Opened {
  sid: string
  refreshToken: string
}

/** A sign-in that ends with the one that takes its place. */
export interface Replaced {
  sid: string
  because: 'upgraded' | 'claimed'
}

export interface Sessions {
  open: (userId: string, userAgent: string, insteadOf?: Replaced) => Promise<Opened>
  /** Null when the token is no good, for whatever reason. */
  refresh: (token: string) => Promise<(Opened & { userId: string }) | { suspended: string } | null>
  isLive: (sid: string) => Promise<boolean>
  end: (sid: string, because: EndReason) => Promise<void>
  endByToken: (token: string) => Promise<void>
  endAll: (userId: string, because: EndReason) => Promise<void>
  /** Forgets what has been over for a week. Resolves with the number of sign-ins forgotten. */
  purge: () => Promise<number>
}

export function sessions(deps: SessionDeps): Sessions {
  const { em, prepared, world } = deps
  const date = (offsetMs = 0) => new Date(world.now() + offsetMs)

  const endWhere = async (column: 'id' | 'user_id', value: string, because: EndReason) => {
    deps.ended(await endIn(em(), column, value, { because, at: date() }), because)
  }

  return {
    async open(userId, userAgent, insteadOf) {
      const { opened, crowded, replaced } = await em().transactional(async (tx) => ({
        replaced: insteadOf
          ? await endIn(tx, 'id', insteadOf.sid, { because: insteadOf.because, at: date() })
          : [],
        ...(await openSession(tx, deps.world, userId, userAgent)),
      }))
      if (insteadOf) deps.ended(replaced, insteadOf.because)
      deps.ended(crowded, 'crowded')
      return opened
    },
    async refresh(token) {
      const outcome = await em().transactional((tx) => refreshSession(tx, token, world.now()))
      if (outcome === null) return null
      if ('refreshed' in outcome) return outcome.refreshed
      if ('suspended' in outcome) return outcome
      deps.ended([outcome.reused], 'reuse')
      return null
    },
    isLive: gather(async (sids: string[]) => {
      const found = await prepared<{ id: string }>`
        select id from sessions
        where id = any(${sids}::uuid[]) and ended_at is null and expires_at > ${date()}`
      const live = new Set(found.map(({ id }) => id))
      return sids.map((sid) => live.has(sid))
    }, together),
    end: (sid, because) => endWhere('id', sid, because),
    async endByToken(token) {
      const found = await em().findOne(RefreshTokenEntity, hashToken(token))
      if (found) await endWhere('id', found.sessionId, 'logout')
    },
    endAll: (userId, because) => endWhere('user_id', userId, because),
    async purge() {
      const weekAgo = date(-accountLimits.refreshMs)
      await em().nativeDelete(RefreshTokenEntity, { usedAt: { $lt: weekAgo } })
      return em().nativeDelete(SessionEntity, {
        $or: [{ expiresAt: { $lt: weekAgo } }, { endedAt: { $lt: weekAgo } }],
      })
    },
  }
}

async function endIn(
  em: EntityManager,
  column: 'id' | 'user_id',
  value: string,
  { because, at }: { because: EndReason; at: Date },
): Promise<Ended[]> {
  return await em.execute<Ended[]>(
    `update sessions set ended_at = ?, ended_because = ?
      where ${column} = ? and ended_at is null returning id as "sid", user_id as "userId"`,
    [at, because, value],
  )
}

async function openSession(
  tx: EntityManager,
  world: SessionDeps['world'],
  userId: string,
  userAgent: string,
): Promise<{ opened: Opened; crowded: Ended[] }> {
  const now = new Date(world.now())
  const session = tx.create(SessionEntity, {
    id: world.newId(),
    userId,
    userAgent: userAgent.slice(0, 255),
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(world.now() + accountLimits.refreshMs),
    endedAt: null,
    endedBecause: null,
  })
  await tx.flush()
  const refreshToken = issueToken(tx, session.id, world.now())
  const crowded = await tx.execute<Ended[]>(
    `update sessions set ended_at = ?, ended_because = 'crowded'
      where id in (
        select id from sessions
         where user_id = ? and ended_at is null and expires_at > ?
         order by last_used_at desc, id desc offset ?)
      returning id as "sid", user_id as "userId"`,
    [now, userId, now, accountLimits.sessionsMax],
  )
  return { opened: { sid: session.id, refreshToken }, crowded }
}
