/** Chat: what may be said in it and what everybody learns (CHAT-01, 10, 12, 13). */
import { z } from 'zod'
import { type Entry, type Person, requestId } from '../kit/protocol.ts'

export const chatLimits = {
  textCharsMax: 500,
  sendPerSecond: 3,
  sendBurst: 5,
} as const

/** Control, bidirectional-override and other invisible characters never enter the log. */
const invisible = /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

const tooLong = `A message has at most ${chatLimits.textCharsMax} characters.`

/** Fillers and soft hyphens, which nobody sees. */
const fillers = /[\u034f\u17b4\u17b5\u00ad\u115f\u1160\u3164\uffa0]/gu
/** Tags, anywhere but behind the black flag that they colour. */
const tags = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e0fff}]/gu
/** No script stacks more marks on a letter; more would paint over other people's lines. */
const tooManyMarks = /(\p{M}{8})\p{M}+/gu
const somethingToSee = /[^\s\p{M}\p{Default_Ignorable_Code_Point}\u2800]/u

function tidied(text: string): string {
  const seen = text.normalize('NFC').replace(/\s+/gu, ' ').replace(invisible, '')
  return seen.replace(fillers, '').replace(tags, '').replace(tooManyMarks, '$1').trim()
}

/** Plain text, always: clients render it as text, never as markup. */
export const chatText = z
  .string()
  .max(chatLimits.textCharsMax * 4, tooLong)
  .transform(tidied)
  .pipe(
    z
      .string()
      .regex(somethingToSee, 'Say something first.')
      .refine((text) => [...text].length <= chatLimits.textCharsMax, {
        message: tooLong,
      }),
  )

export const chatSend = z.strictObject({ requestId, text: chatText })
export type ChatSend = z.infer<typeof chatSend>

/** `chat.posted`: a line everybody sees; also the reply to `chat.send`. */
export interface ChatPosted extends Entry {
  id: string
  from: Person
  text: string
}

export const chatRefusals = {
  chat_closed: 'Chat is closed: the stream is over.',
} as const
