/**
 * Splits a line into plain text, links and mentions. The parts are rendered as text nodes and
 * anchors with a checked href; nothing a person writes ever becomes markup.
 */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string; me: boolean }

const linkOrMention =
  /(https?:\/\/[^\s<>"']{1,2000})|(?<![\p{L}\p{M}\p{N}_@])@([\p{L}\p{M}\p{N}_-]{1,40})/giu
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

export function messageParts(text: string, myName?: string): Part[] {
  const parts: Part[] = []
  const me = myName?.toLocaleLowerCase()
  let done = 0
  const plain = (to: number) => {
    if (to > done) parts.push({ kind: 'text', text: text.slice(done, to) })
  }
  for (const found of text.matchAll(linkOrMention)) {
    const at = found.index
    if (found[1] !== undefined) {
      const address = trimmedAddress(found[1])
      const href = safeHref(address)
      if (href === undefined) continue
      plain(at)
      parts.push({ kind: 'link', text: address, href })
      done = at + address.length
    } else if (found[2] !== undefined) {
      plain(at)
      parts.push({ kind: 'mention', text: found[0], me: found[2].toLocaleLowerCase() === me })
      done = at + found[0].length
    }
  }
  plain(text.length)
  return parts
}

export function mentions(text: string, myName: string): boolean {
  return messageParts(text, myName).some((part) => part.kind === 'mention' && part.me)
}
