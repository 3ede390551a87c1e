/**
 * A list as rooms show one, for what depends on how much of a state repeats: names, addresses and
 * figures, made by a rule from place and tick. Letters of ids are spread as hashes spread them.
 */
import { type SchemaType, schema, t } from '@colyseus/schema'

export const Supporter = schema(
  {
    id: t.string().default(''),
    name: t.string().default(''),
    avatarUrl: t.string().default(''),
    badge: t.string().default(''),
    tier: t.string().default(''),
    coins: t.uint32().default(0),
    at: t.float64().default(0),
  },
  'Supporter',
)
export type Supporter = SchemaType<typeof Supporter>

const syllables = ['ma', 'ri', 'sun', 'ko', 'dev', 'an', 'li', 'bo', 'ta', 'hu', 'prem', 'zo']
const badges = ['', 'moderator', 'subscriber', 'founder']
const tiers = ['bronze supporter', 'silver supporter', 'gold supporter']
const startedAt = 1_790_000_000_000

/** Everybody changes places with every tick, so all of each is sent. */
export function moveSupporter(
  supporter: Supporter,
  { place, tick }: { place: number; tick: number },
): void {
  const who = place + tick
  const id = spread(who)
  supporter.id = id
  supporter.name = nameOf(who)
  supporter.avatarUrl = `https://pictures.odeon.example/avatars/${id}/96.webp`
  supporter.badge = badges[who % badges.length] as string
  supporter.tier = tiers[(who * 5) % tiers.length] as string
  supporter.coins = (spreadNumber(who) % 90_000) + tick
  supporter.at = startedAt + who * 977
}

function nameOf(who: number): string {
  const parts = [who, who * 5 + 3, who * 11 + 7].map((n) => syllables[n % syllables.length])
  return `${parts.join('')}${who % 100}`
}

const spread = (n: number): string => spreadNumber(n).toString(36).padStart(7, '0')

/** The same 32 bits for the same number, and about half of them others for the next one. */
function spreadNumber(n: number): number {
  let x = Math.imul(n + 1, 0x9e3779b1)
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return (x ^ (x >>> 16)) >>> 0
}
