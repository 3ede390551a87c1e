/** Whether an address is its owner's: a token goes there by mail and comes back (AUTH-15). */
import type { EntityManager } from '@mikro-orm/postgresql'
import { LockMode } from '@mikro-orm/core'
import type { Logger, World } from '@odeon/rooms/ports'
import { type Mailer, MailUnavailable, mailLimits } from '../mail/mailer.ts'
import { verificationLetter } from '../mail/verification-letter.ts'
import { Refused } from '../platform/http/refusal.ts'
import { within } from '../platform/within.ts'
import { EmailTokenEntity, type User, UserEntity } from './entities.ts'
import { hashToken, newToken } from './refresh-tokens.ts'

export const verificationLimits = {
  tokenMs: 24 * 3600_000,
  /** Between two letters to one account. */
  pauseMs: 60_000,
  /** Letters to one account within `tokenMs`. */
  lettersMax: 5,
} as const

export interface EmailVerificationDeps {
  em: () => EntityManager
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  mailer: Mailer
  /** Where people reach the server, without a slash at the end. */
  publicUrl: string
  changed: (userId: string) => void
}

export interface EmailVerification {
  /** Mails a link. A letter that could not be sent counts as none, so it may be asked for again. */
  send: (
    userId: string,
  ) => Promise<
    | { email: string; expiresAt: number }
    | Refused<'already_verified' | 'no_address' | 'too_soon' | 'mail_unavailable'>
  >
  /** The same without anybody waiting for it, for whoever just registered. */
  sendInTheBackground: (userId: string) => void
  /** Takes what came back; a second time is answered like the first. */
  confirm: (token: string) => Promise<{ email: string } | Refused<'verification_invalid'>>
  /** Resolves when no letter is on its way any more, or after so long. */
  settled: (withinMs?: number) => Promise<void>
}

export function emailVerification(deps: EmailVerificationDeps): EmailVerification {
  const { em, log, mailer } = deps
  const underWay = new Set<Promise<unknown>>()

  const send: EmailVerification['send'] = async (userId) => {
    const issued = await issue(deps, userId)
    if (issued instanceof Refused) return issued
    const { user, token, expiresAt } = issued
    try {
      await mailer.send(
        verificationLetter({
          id: deps.world.newId(),
          to: user.email,
          name: user.name,
          link: `${deps.publicUrl}/verify-email#${token}`,
          hours: verificationLimits.tokenMs / 3600_000,
        }),
      )
    } catch (err) {
      if (!(err instanceof MailUnavailable)) throw err
      log.warn({ err, userId }, 'a verification letter was not sent')
      await em().nativeDelete(EmailTokenEntity, { hash: hashToken(token) })
      return new Refused('mail_unavailable')
    }
    return { email: user.email, expiresAt }
  }

  return {
    send,
    sendInTheBackground(userId) {
      const sending = send(userId)
        .catch((err: unknown) => log.error({ err, userId }, 'a verification letter failed'))
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
    },
    confirm: (token) => confirm(deps, token),
    async settled(withinMs = mailLimits.answerMs) {
      await within(withinMs, Promise.all(underWay))
    },
  }
}

type Addressed = User & { email: string }
const hasAddress = (user: User): user is Addressed => user.email != null

/** The account's row keeps two askers apart, so that the bounds hold. */
async function issue({ em, world }: EmailVerificationDeps, userId: string) {
  const now = world.now()
  return await em().transactional(async (tx) => {
    const lockMode = LockMode.PESSIMISTIC_WRITE
    const user = await tx.findOneOrFail(UserEntity, userId, { lockMode })
    if (!hasAddress(user)) return new Refused('no_address')
    if (user.emailVerifiedAt) return new Refused('already_verified')
    await tx.nativeDelete(EmailTokenEntity, { userId, expiresAt: { $lte: new Date(now) } })
    const sent = await tx.find(EmailTokenEntity, { userId }, { orderBy: { createdAt: 'desc' } })
    const retryAfterMs = waitMs(
      sent.map(({ createdAt }) => createdAt.getTime()),
      now,
    )
    if (retryAfterMs > 0) return new Refused('too_soon', { retryAfterMs })
    const token = newToken()
    const expiresAt = now + verificationLimits.tokenMs
    tx.create(EmailTokenEntity, {
      hash: hashToken(token),
      userId,
      email: user.email,
      createdAt: new Date(now),
      expiresAt: new Date(expiresAt),
    })
    return { user, token, expiresAt }
  })
}

/** Until the next letter may go; `sent` is newest first. */
function waitMs(sent: number[], now: number): number {
  const newest = sent[0]
  if (newest === undefined) return 0
  const oldest = sent[verificationLimits.lettersMax - 1]
  const byCount = oldest === undefined ? 0 : oldest + verificationLimits.tokenMs - now
  return Math.max(newest + verificationLimits.pauseMs - now, byCount, 0)
}

async function confirm({ em, world, changed }: EmailVerificationDeps, token: string) {
  const outcome = await em().transactional(async (tx) => {
    const hash = hashToken(token)
    const now = new Date(world.now())
    const found = await tx.findOne(EmailTokenEntity, { hash, expiresAt: { $gt: now } })
    if (!found) return new Refused('verification_invalid')
    const lockMode = LockMode.PESSIMISTIC_WRITE
    const { userId, email } = found
    // The address may have become another since the letter went.
    const user = await tx.findOne(UserEntity, { id: userId, email }, { lockMode })
    if (!user) return new Refused('verification_invalid')
    user.emailVerifiedAt ??= now
    return { userId, email }
  })
  if (outcome instanceof Refused) return outcome
  changed(outcome.userId)
  return { email: outcome.email }
}
