/**
 * Access tokens that were found good, so that their signature is not computed at every request.
 * What may change after signing, whether the sign-in lives and the person may do this, is no part
 * of it and asked each time.
 */
import { createHash } from 'node:crypto'
import type { AccessClaims } from './access-tokens.ts'

interface Verified {
  claims: AccessClaims
  /** Unix ms from which on it is good no longer. */
  until: number
}

/** At most `tokensMax`; by hash, so that nothing here lets anybody in. */
export class VerifiedTokens {
  /** When these are half of what is allowed, they become the old ones, and those are forgotten. */
  #young = new Map<string, Verified>()
  #old = new Map<string, Verified>()
  readonly #tokensMax: number

  constructor(tokensMax: number) {
    this.#tokensMax = tokensMax
  }

  find(token: string, now: number): AccessClaims | undefined {
    const hash = hashOf(token)
    const known = this.#young.get(hash) ?? this.#old.get(hash)
    return known !== undefined && now < known.until ? known.claims : undefined
  }

  /** Only of a token that was verified or made just now. */
  keep(token: string, claims: AccessClaims, until: number): void {
    if (this.#young.size >= this.#tokensMax / 2) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(hashOf(token), { claims, until })
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64')
