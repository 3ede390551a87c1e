/** Emotes of the channel in a line, `:code:`, and whether a line is nothing but emotes. */

const codes = /:([A-Za-z0-9_]{1,24}):/g
/** Emoji of any length, which count as emotes: a channel may have none of its own. */
const emoji = /\p{RGI_Emoji}/gv

/** Those of the channel only, by code. Undefined when there are none. */
export function findEmotes(
  text: string,
  known: ReadonlyMap<string, string>,
): Record<string, string> | undefined {
  if (known.size === 0 || !text.includes(':')) return undefined
  const found = new Map<string, string>()
  eachEmote(text, known, (code, id) => void found.set(code, id))
  return found.size === 0 ? undefined : Object.fromEntries(found)
}

export function isEmotesOnly(text: string, known: ReadonlyMap<string, string>): boolean {
  // Where it stands, so that what is left and right of one never makes another.
  let rest = ''
  let from = 0
  eachEmote(text, known, (code, _id, at) => {
    rest += `${text.slice(from, at)} `
    from = at + code.length + 2
  })
  rest += text.slice(from)
  return rest.replace(emoji, '').trim() === ''
}

/** `:a:b:` is `:a:` and then text: a colon belongs to one emote. */
function eachEmote(
  text: string,
  known: ReadonlyMap<string, string>,
  visit: (code: string, id: string, at: number) => void,
): void {
  codes.lastIndex = 0
  for (let match = codes.exec(text); match !== null; match = codes.exec(text)) {
    const code = match[1] as string
    const id = known.get(code)
    if (id !== undefined) visit(code, id, match.index)
    // The closing colon may open the next.
    else codes.lastIndex -= 1
  }
}
