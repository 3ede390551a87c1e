/** Refresh tokens as bytes: made at random, stored as hashes, each sealing the next. */
import { createHash, randomBytes } from 'node:crypto'

const tokenBytes = 32

/** What the client keeps: 256 random bits as base64url. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString('base64url')
}

/** A fast hash is enough: there is nothing to guess in 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/**
 * Hides `successor` so that only the bearer of `token` can read it: the database holds the hash
 * of `token`, which does not give the key.
 */
export function sealToken(token: string, successor: string): string {
  const key = createHash('sha256').update('odeon successor ').update(token).digest()
  const hidden = Buffer.from(successor, 'base64url').map((byte, at) => byte ^ (key[at] ?? 0))
  return Buffer.from(hidden).toString('base64url')
}

/** The way back is the way there. */
export function unsealToken(token: string, sealed: string): string {
  return sealToken(token, sealed)
}
