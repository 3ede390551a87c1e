/** What a search offers to go to, in the order in which the arrow keys walk it. */
import type { Channel, Found, Stream } from '@odeon/sdk'

export type SearchOption =
  | { kind: 'recent'; id: string; text: string }
  | { kind: 'channel'; id: string; channel: Channel }
  | { kind: 'stream'; id: string; stream: Stream }
  /** Everything that fits, on a page of its own. */
  | { kind: 'all'; id: string; text: string }

export function optionsOf(text: string, found: Found | undefined): SearchOption[] {
  if (!found) return []
  const { channels, streams } = found
  const options: SearchOption[] = [
    ...channels.map((channel) => ({ kind: 'channel', id: channel.id, channel }) as const),
    ...streams.map((stream) => ({ kind: 'stream', id: stream.id, stream }) as const),
  ]
  return options.length === 0 ? [] : [...options, { kind: 'all', id: 'all', text }]
}

export function recentOptions(recent: readonly string[]): SearchOption[] {
  return recent.map((text) => ({ kind: 'recent', id: text, text }))
}

export function pathOf(option: SearchOption): { to: string; search?: { q: string } } {
  if (option.kind === 'channel') return { to: `/channel/${option.channel.handle}` }
  if (option.kind === 'stream') return { to: `/live/${option.stream.id}` }
  return { to: '/search', search: { q: option.text } }
}
