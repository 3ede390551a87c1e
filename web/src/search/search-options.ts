/** What a search offers to go to, in the order in which the arrow keys walk it. */
import type { Channel, Found, Stream } from '@odeon/sdk'
import type { FoundCategory } from './find-categories.ts'

export type SearchOption =
  | { kind: 'recent'; id: string; text: string }
  | { kind: 'category'; id: string; category: FoundCategory }
  | { kind: 'channel'; id: string; channel: Channel }
  | { kind: 'stream'; id: string; stream: Stream }
  /** Everything that fits, on a page of its own. */
  | { kind: 'all'; id: string; text: string }

interface Offered {
  categories: readonly FoundCategory[]
  /** Undefined until the server has answered. */
  found: Found | undefined
}

export function optionsOf(text: string, { categories, found }: Offered): SearchOption[] {
  const { channels = [], streams = [] } = found ?? {}
  const options: SearchOption[] = [
    ...categories.map((category) => ({ kind: 'category', id: category, category }) as const),
    ...channels.map((channel) => ({ kind: 'channel', id: channel.id, channel }) as const),
    ...streams.map((stream) => ({ kind: 'stream', id: stream.id, stream }) as const),
  ]
  return options.length === 0 ? [] : [...options, { kind: 'all', id: 'all', text }]
}

export function recentOptions(recent: readonly string[]): SearchOption[] {
  return recent.map((text) => ({ kind: 'recent', id: text, text }))
}

interface Destination {
  to: string
  search?: { q: string } | { category: FoundCategory }
}

export function pathOf(option: SearchOption): Destination {
  if (option.kind === 'category') return { to: '/', search: { category: option.category } }
  if (option.kind === 'channel') return { to: `/channel/${option.channel.handle}` }
  if (option.kind === 'stream') return { to: `/live/${option.stream.id}` }
  return { to: '/search', search: { q: option.text } }
}
