/** What accounts keep in the database. Times are `timestamptz`; ids are UUIDv7. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { Settings } from './protocol.ts'

export const UserEntity = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<'account' | 'guest'>(),
    username: p.string().nullable(),
    name: p.string(),
    email: p.string().nullable(),
    passwordHash: p.string().nullable().lazy(),
    about: p.string().default(''),
    settings: p.json<Settings>().defaultRaw("'{}'"),
    platformRole: p.string().$type<'user' | 'moderator' | 'admin'>().default('user'),
    /** When the address turned out to be the account's own. */
    emailVerifiedAt: p.datetime().nullable(),
    suspendedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
})
export type User = InferEntity<typeof UserEntity>

/** One sign-in: a browser or a program, and the family of refresh tokens it was given. */
export const SessionEntity = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    userAgent: p.string().default(''),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
    endedBecause: p.string().$type<EndReason>().nullable(),
  },
})
export type Session = InferEntity<typeof SessionEntity>
export type EndReason =
  | 'logout'
  | 'everywhere'
  | 'reuse'
  | 'crowded'
  | 'suspended'
  /** A guest's, when the guest became an account. */
  | 'upgraded'
  /** Of whoever became the first administrator. */
  | 'claimed'

export const RefreshTokenEntity = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_tokens',
  properties: {
    /** SHA-256 of the token in base64url; the token itself is never stored. */
    hash: p.string().primary(),
    sessionId: p.uuid(),
    issuedAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    /** The token that replaced it, readable only with this one in hand. */
    sealedSuccessor: p.string().nullable(),
  },
})

export type RefreshToken = InferEntity<typeof RefreshTokenEntity>

export const AdminClaimEntity = defineEntity({
  name: 'AdminClaim',
  tableName: 'admin_claims',
  properties: {
    hash: p.string().primary(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    usedAt: p.datetime().nullable(),
    usedBy: p.uuid().nullable(),
  },
})

/** A link that was mailed; the token itself is never stored. */
export const EmailTokenEntity = defineEntity({
  name: 'EmailToken',
  tableName: 'email_tokens',
  properties: {
    hash: p.text().primary(),
    userId: p.uuid(),
    email: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
  },
})

export const BlockEntity = defineEntity({
  name: 'Block',
  tableName: 'blocks',
  properties: {
    blockerId: p.uuid().primary(),
    blockedId: p.uuid().primary(),
    createdAt: p.datetime(),
  },
})

export const accountEntities = [
  UserEntity,
  SessionEntity,
  RefreshTokenEntity,
  AdminClaimEntity,
  EmailTokenEntity,
  BlockEntity,
]
