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

/** Plain text, always: clients render it as text, never as markup. */
export const chatText = z
  .string()
  .max(chatLimits.textCharsMax * 4)
  .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').replace(invisible, '').trim())
  .pipe(
    z
      .string()
      .min(1, 'Say something first.')
      .refine((text) => [...text].length <= chatLimits.textCharsMax, {
        message: `A message has at most ${chatLimits.textCharsMax} characters.`,
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
