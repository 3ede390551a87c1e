/**
 * A draw that anybody can work out again: the seed is bound before people take part and told when
 * it is over. By the browser's own digests, so that the house and a page run the same lines.
 */

/** What was settled before anybody took part. The order of the names does not matter. */
export type DrawRules = Readonly<Record<string, string | number>>

export interface Draw {
  /** Lucky tickets at most, and what they share. */
  places: number
  coins: number
  /** Told when it is over. */
  seed: string
  /** Of everybody who takes part, each once, in whatever order. */
  tickets: readonly string[]
}

export interface Drawn {
  /** Of the seed and all tickets: one ticket more or less, and everything is another. */
  root: string
  /** In the order in which they were drawn, with what each gets. */
  lucky: { ticket: string; coins: number }[]
}

/** Binds whoever tells it to seed and rules, and gives neither away. */
export function commitmentOf(rules: DrawRules, seed: string): Promise<string> {
  const lines = Object.keys(rules)
    .toSorted()
    .map((name) => `${name}=${rules[name]}`)
  return digest(['rules', ...lines, `seed=${seed}`])
}

/** Says who takes part without naming them; `luck` is theirs, so the house cannot know it ahead. */
export function ticketOf(drawId: string, { userId, luck }: { userId: string; luck: string }) {
  return digest(['ticket', drawId, userId, luck])
}

export async function drawLucky({ places, coins, seed, tickets }: Draw): Promise<Drawn> {
  const root = await digest(['root', seed, ...tickets.toSorted()])
  const ranked = await Promise.all(
    tickets.map(async (ticket) => ({ ticket, rank: await digest(['rank', root, ticket]) })),
  )
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1))
  const shares = await shareCoins(root, places, coins)
  const lucky = ranked.slice(0, places).map(({ ticket }, place) => {
    return { ticket, coins: shares[place] as number }
  })
  return { root, lucky }
}

/** True if everything follows from what was bound: one character changed, and it does not. */
export async function isProven(
  { rules, commitment, ...draw }: Draw & { rules: DrawRules; commitment: string },
  told: Drawn,
): Promise<boolean> {
  if ((await commitmentOf(rules, draw.seed)) !== commitment) return false
  if (new Set(draw.tickets).size < draw.tickets.length) return false
  const { root, lucky } = await drawLucky(draw)
  const isSame = (place: number) =>
    told.lucky[place]?.ticket === lucky[place]?.ticket &&
    told.lucky[place]?.coins === lucky[place]?.coins
  return (
    told.root === root &&
    told.lucky.length === lucky.length &&
    lucky.every((_, place) => isSame(place))
  )
}

/** Whole coins, at least one for each place, all of them given. */
async function shareCoins(root: string, places: number, coins: number): Promise<number[]> {
  const weights = await Promise.all(
    Array.from({ length: places }, async (_, place) => {
      return BigInt(`0x${(await digest(['share', root, String(place)])).slice(0, 12)}`) + 1n
    }),
  )
  const all = weights.reduce((sum, weight) => sum + weight, 0n)
  const beyond = BigInt(coins - places)
  let [weighed, given] = [0n, 0n]
  return weights.map((weight) => {
    weighed += weight
    const upTo = (beyond * weighed) / all
    const share = upTo - given
    given = upTo
    return 1 + Number(share)
  })
}

/** SHA-256 over the lines, in hexadecimal digits. No line has a line break in it. */
async function digest(lines: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(lines.join('\n'))
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
