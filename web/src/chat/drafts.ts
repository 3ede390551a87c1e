/** What was begun and not sent, per room, over reloads and in every tab; the oldest ones go. */
import type { Quoted } from '@odeon/rooms/protocol'
import { personStorage } from '../session/second-viewer.ts'

export const draftLimits = { roomsMax: 20, sentMax: 20, keptCharsMax: 4_000 } as const

export interface Draft {
  text: string
  replyTo?: Quoted
}

interface Kept extends Draft {
  streamId: string
}

const key = 'odeon.drafts'

function isKept(value: unknown): value is Kept {
  const { streamId, text } = (value ?? {}) as Partial<Kept>
  return typeof streamId === 'string' && typeof text === 'string'
}

function all(): Kept[] {
  try {
    const kept: unknown = JSON.parse(personStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isKept) : []
  } catch {
    // Somebody else wrote there: it is nobody's draft.
    return []
  }
}

export function readDraft(streamId: string): Draft | null {
  return all().find((kept) => kept.streamId === streamId) ?? null
}

export function keepDraft(streamId: string, { text, replyTo }: Draft): void {
  const others = all().filter((kept) => kept.streamId !== streamId)
  const draft = {
    streamId,
    text: text.slice(0, draftLimits.keptCharsMax),
    ...(replyTo && { replyTo }),
  }
  const kept = text.trim() === '' && !replyTo ? others : [draft, ...others]
  if (kept.length === 0) personStorage.removeItem(key)
  else personStorage.setItem(key, JSON.stringify(kept.slice(0, draftLimits.roomsMax)))
}
