/**
 * Splits a line into plain text, links, mentions and emotes. The parts are rendered as text nodes,
 * sized images and anchors with a checked href; nothing a person writes ever becomes markup.
 */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string; me: boolean }
  | { kind: 'emote'; text: string; id: string }

/** What else a line says of itself, and who reads it. */
export interface PartsContext {
  myName?: string
  /** Code to id, as the room found them in the text. */
  emotes?: Readonly<Record<string, string>> | undefined
}

const linkMentionOrEmote =
  /(https?:\/\/[^\s<>"']{1,2000})|(?<![\p{L}\p{M}\p{N}_@])@([\p{L}\p{M}\p{N}_-]{1,40})|:(\w+):/giu
const insideName = /[\p{L}\p{M}\p{N}_-]/u
/** What ends a sentence does not belong to the address in front of it. */
const trailing = /[.,;:!?'"»”’…]+$/u

function trimmedAddress(found: string): string {
  let address = found.replace(trailing, '')
  while (/[)\]}]$/.test(address)) {
    const close = address.at(-1) as ')' | ']' | '}'
    const open = { ')': '(', ']': '[', '}': '{' }[close]
    const balanced = address.split(open).length >= address.split(close).length
    if (balanced) break
    address = address.slice(0, -1).replace(trailing, '')
  }
  return address
}

function safeHref(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:'
  // A name before the host (https://bank.example@evil.example) exists to mislead.
  return isWeb && url.username === '' && url.password === '' ? url.href : undefined
}

export function messageParts(text: string, { myName, emotes }: PartsContext = {}): Part[] {
  const parts: Part[] = []
  let done = 0
  const put = (part: Part, at: number) => {
    if (at > done) parts.push({ kind: 'text', text: text.slice(done, at) })
    parts.push(part)
    done = at + part.text.length
  }
  const words = new RegExp(linkMentionOrEmote)
  for (let found = words.exec(text); found; found = words.exec(text)) {
    const [whole, address, name, code] = found
    const part =
      address !== undefined
        ? linkPart(address)
        : name !== undefined
          ? mentionPart(text.slice(found.index), whole, myName)
          : emotePart(whole, code ?? '', emotes)
    if (part) put(part, found.index)
    // The colon that ends what is no emote may begin one.
    words.lastIndex = part ? done : found.index + (code === undefined ? whole.length : 1)
  }
  if (text.length > done) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}

function linkPart(found: string): Part | null {
  const text = trimmedAddress(found)
  const href = safeHref(text)
  return href === undefined ? null : { kind: 'link', text, href }
}

/** The reader's own name may have spaces in it; of other names the first word is lit. */
function mentionPart(from: string, word: string, myName: string | undefined): Part {
  const whole = from.slice(0, 1 + (myName?.length ?? 0))
  const next = from.charAt(whole.length)
  const isMe =
    myName !== undefined &&
    whole.toLocaleLowerCase() === `@${myName.toLocaleLowerCase()}` &&
    !insideName.test(next)
  return { kind: 'mention', text: isMe ? whole : word, me: isMe }
}

function emotePart(text: string, code: string, emotes: PartsContext['emotes']): Part | null {
  const id = emotes && Object.hasOwn(emotes, code) ? emotes[code] : undefined
  return id === undefined ? null : { kind: 'emote', text, id }
}

export function mentions(text: string, myName: string): boolean {
  if (!text.includes('@')) return false
  return messageParts(text, { myName }).some((part) => part.kind === 'mention' && part.me)
}
