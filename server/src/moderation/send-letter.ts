/** Mails a person what was decided about their account, if their address is known to be theirs. */
import { reportReasons, scoreCategories } from '@odeon/rooms/protocol'
import type { Mailer } from '../mail/mailer.ts'
import { suspensionLetter } from '../mail/suspension-letter.ts'
import type { EffectDeps } from './deps.ts'
import { houseLimits } from './limits.ts'
import type { Effect } from './pending-effects.ts'

export interface LetterDeps {
  mailer: Mailer
  /** Where people reach the server; no slash at the end. */
  publicUrl: string
}

interface Row {
  name: string
  email: string
  language: string | null
  reason: string | null
  note: string | null
  stands: boolean
}

type Due = Extract<Effect, { kind: 'letter' }>

/** Rejects when the carrier did not take it, to be tried again. Twice is carried once. */
export async function sendLetter(
  { database, world, log, mail }: Pick<EffectDeps, 'database' | 'world' | 'log' | 'mail'>,
  id: string,
  { userId, says, sanctionId, at }: Due,
): Promise<void> {
  if (world.now() - at > houseLimits.letterForMs) {
    return log.warn({ userId, says }, 'a letter was given up')
  }
  const [row] = await database.sql<Row>`
    select u.name, u.email, u.settings ->> 'language' as language, s.reason, a.note,
      s.lifted_at is null as stands
    from users u
    join sanctions s on s.id = ${sanctionId} and s.user_id = u.id
    left join appeals a on a.sanction_id = s.id
    where u.id = ${userId} and u.email is not null and u.email_verified_at is not null`
  // It may have been taken back since.
  if (!row || row.stands === (says === 'restored')) return
  const { name, email: to, note } = row
  const language = row.language?.startsWith('ne') ? 'ne' : 'en'
  const reason = row.reason && inWords(row.reason)
  const link = `${mail.publicUrl}/suspended`
  await mail.mailer.send(suspensionLetter({ id, to, name, says, language, reason, note, link }))
}

/** A code of the house's lists reads as words. */
function inWords(reason: string): string {
  const isCode = [...reportReasons, ...scoreCategories].some((code) => code === reason)
  return isCode ? reason.replaceAll('_', ' ') : reason
}
