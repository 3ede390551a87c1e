/**
 * What LiveKit says of itself at its own endpoint for Prometheus, read when somebody asks for our
 * metrics: bytes, packets, those lost and round trips, which no room knows (OBS-08…11).
 */
import type { Metric, MetricValueWithName, Registry } from 'prom-client'

export const figureLimits = { answerMs: 1_000, bytesMax: 4 * 1024 * 1024 } as const

/** One line of Prometheus' text. */
export interface Sample {
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

type Value = MetricValueWithName<string>
type Kind = 'gauge' | 'counter' | 'histogram'

interface Mirrored {
  name: string
  help: string
  type: Kind
  values(samples: readonly Sample[]): Value[]
}

/** `address` is undefined while there is none: then there are no figures but `up`, which is 0. */
export function mirrorFigures(registry: Registry, address: () => string | undefined): void {
  let reading: Promise<readonly Sample[]> | undefined
  /** All metrics are asked at once and share one answer. */
  const read = () => {
    reading ??= readFigures(address()).finally(() => {
      reading = undefined
    })
    return reading
  }
  for (const { name, help, type, values } of mirrored) {
    const get = async () => {
      const samples = await read()
      return { name, help, type, aggregator: 'first', values: values(samples) }
    }
    registry.registerMetric({ name, help, type, get, reset() {} } as unknown as Metric)
  }
}

/** Empty when there is none, or it does not answer as it should. */
async function readFigures(address: string | undefined): Promise<readonly Sample[]> {
  if (address === undefined) return []
  try {
    const url = new URL(address)
    const { username, password } = url
    url.username = url.password = ''
    const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
    const headers = { authorization: `Basic ${Buffer.from(secret).toString('base64')}` }
    const signal = AbortSignal.timeout(figureLimits.answerMs)
    const reply = await fetch(url, { signal, ...(username !== '' && { headers }) })
    if (!reply.ok) {
      await reply.body?.cancel()
      return []
    }
    return samplesOf(await bounded(reply))
  } catch {
    // Whoever asks learns of it by `odeon_livekit_up`.
    return []
  }
}

async function bounded(reply: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of reply.body ?? []) {
    bytes += part.length
    if (bytes > figureLimits.bytesMax) throw new RangeError('too many figures')
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

/** What is no sample is left out. */
export function samplesOf(text: string): Sample[] {
  return [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = '', labels, value]) => ({
    name,
    labels: Object.fromEntries(
      [...(labels ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, said]) => [
        key,
        said,
      ]),
    ) as Record<string, string>,
    value: Number(value),
  }))
}

/** Sums of all samples of a name, one for each way `split` names them. */
function sums(
  samples: readonly Sample[],
  name: string,
  split: (labels: Sample['labels']) => Record<string, string> = () => ({}),
): Value[] {
  const found = new Map<string, Value>()
  for (const sample of samples) {
    if (sample.name !== name) continue
    const labels = split(sample.labels)
    const key = JSON.stringify(labels)
    const before = found.get(key)?.value ?? 0
    found.set(key, { labels, value: before + sample.value })
  }
  return [...found.values()]
}

const directions: Record<string, string> = { incoming: 'received', outgoing: 'sent' }
const byDirection = ({ direction = '' }: Sample['labels']) => ({
  direction: directions[direction] ?? direction,
})
const byKind = (direction: string) => (labels: Sample['labels']) => ({
  direction,
  kind: (labels['kind'] ?? '').toLowerCase(),
})
const msOf = (text = '') => (text === '+Inf' ? text : String(Number(text) / 1_000))

/** Its milliseconds as seconds. Of tracks people send, for of what they get it measures none. */
const roundTrips: Mirrored['values'] = (samples) => {
  const name = 'odeon_livekit_rtt_seconds'
  const part = (suffix: string, divisor: number, split?: Parameters<typeof sums>[2]) =>
    sums(samples, `livekit_rtt_ms_${suffix}`, split).map(({ labels, value }) => {
      return { metricName: `${name}_${suffix}`, labels, value: value / divisor }
    })
  return [
    ...part('bucket', 1, ({ le }) => ({ le: msOf(le) })),
    ...part('sum', 1_000),
    ...part('count', 1),
  ]
}

const mirrored: readonly Mirrored[] = [
  {
    name: 'odeon_livekit_up',
    help: 'Whether LiveKit said its figures',
    type: 'gauge',
    values: (samples) => [{ labels: {}, value: Number(samples.length > 0) }],
  },
  {
    name: 'odeon_livekit_rooms',
    help: 'Rooms of LiveKit',
    type: 'gauge',
    values: (samples) => sums(samples, 'livekit_room_total'),
  },
  {
    name: 'odeon_livekit_participants',
    help: 'Connections to LiveKit',
    type: 'gauge',
    values: (samples) => sums(samples, 'livekit_participant_total'),
  },
  {
    name: 'odeon_livekit_tracks',
    help: 'Tracks people send, and tracks that are carried to somebody',
    type: 'gauge',
    values: (samples) => [
      ...sums(samples, 'livekit_track_published_total', byKind('received')),
      ...sums(samples, 'livekit_track_subscribed_total', byKind('sent')),
    ],
  },
  {
    name: 'odeon_livekit_bytes_total',
    help: 'Bytes of picture and sound',
    type: 'counter',
    values: (samples) => sums(samples, 'livekit_packet_bytes', byDirection),
  },
  {
    name: 'odeon_livekit_packets_total',
    help: 'Packets of picture and sound',
    type: 'counter',
    values: (samples) => sums(samples, 'livekit_packet_total', byDirection),
  },
  {
    name: 'odeon_livekit_lost_packets_total',
    help: 'Packets that did not arrive',
    type: 'counter',
    values: (samples) => sums(samples, 'livekit_packet_loss_total', byDirection),
  },
  {
    name: 'odeon_livekit_rtt_seconds',
    help: 'Round trips',
    type: 'histogram',
    values: roundTrips,
  },
]
