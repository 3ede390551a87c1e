/** Mail as the rest of the server knows it: letters, and somebody who takes them. */

export const mailLimits = {
  subjectCharsMax: 200,
  /** Bytes of each of the two bodies. */
  bodyBytesMax: 64 * 1024,
  /** Time for the carrier's answer. */
  answerMs: 10_000,
  /** Letters kept in the mail folder; the oldest go first. */
  folderLettersMax: 500,
} as const

export interface Letter {
  to: string
  subject: string
  text: string
  html: string
  /** The same letter handed over twice, say after a lost answer, is carried once. */
  id: string
}

export interface Mailer {
  /** For the start screen: where letters go. */
  readonly goesTo: { kind: 'folder'; path: string } | { kind: 'resend'; from: string }
  /** Resolves when the carrier has it. Rejects with `MailUnavailable` and nothing else. */
  send(letter: Letter): Promise<void>
}

/** The carrier did not take a letter; `cause` says why. Never holds a key or a letter's text. */
export class MailUnavailable extends Error {
  override name = 'MailUnavailable'
}

const headerBreak = /[\r\n\0]/

/** A letter that would be carried wrong is our own mistake. */
export function checkLetter({ to, subject, text, html }: Letter): void {
  if (headerBreak.test(to) || headerBreak.test(subject)) throw new TypeError('a broken header')
  if (subject.length > mailLimits.subjectCharsMax) throw new TypeError('a subject too long')
  for (const body of [text, html]) {
    if (Buffer.byteLength(body) > mailLimits.bodyBytesMax) throw new TypeError('a letter too long')
  }
}
