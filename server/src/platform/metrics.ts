/** Prometheus metrics: the process, the HTTP API, and the rooms through their `RoomMeter`. */
import { timingSafeEqual } from 'node:crypto'
import type { RoomMeter } from '@odeon/rooms/ports'
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { z } from 'zod'
import { type Endpoint, endpoint } from './http/endpoint.ts'

export interface Metrics {
  registry: Registry
  meter: RoomMeter
  /** One HTTP answer; `route` is the path with its parameters unfilled. */
  http: (method: string, route: string, status: number, seconds: number) => void
  /** A socket that sent what is no WebSocket; `code` is one of a few. */
  broken: (code: string) => void
  endpoint: Endpoint
}

export interface MetricsOptions {
  /** When set, `/metrics` wants it as a bearer token. */
  token?: string
}

export function metrics(options: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'odeon_http_request_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  })
  const broken = new Counter({
    name: 'odeon_broken_sockets_total',
    help: 'Sockets closed because they sent what is no WebSocket',
    labelNames: ['code'],
    registers: [registry],
  })
  return {
    registry,
    broken: (code) => broken.inc({ code }),
    meter: roomMeter(registry),
    http: (method, route, status, seconds) =>
      requests.observe({ method, route, status: String(status) }, seconds),
    endpoint: metricsEndpoint(registry, options.token),
  }
}

function metricsEndpoint(registry: Registry, token: string | undefined): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/metrics',
      summary: 'Counters and timings for Prometheus.',
      auth: 'none',
      limit: [],
      refusals: { unauthenticated: { status: 401, text: 'Metrics need their token.' } },
      reply: z.string(),
      produces: registry.contentType,
    },
    (ctx) => {
      if (token && !same(ctx.header('authorization') ?? '', `Bearer ${token}`)) {
        ctx.refuse('unauthenticated')
      }
      return registry.metrics()
    },
  )
}

/** `room` is the kind of room (`live`), never one room, so the number of series stays small. */
function roomMeter(registry: Registry): RoomMeter {
  const registers = [registry]
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `odeon_room_${name}`, help, labelNames, registers })
  const commands = new Histogram({
    name: 'odeon_room_command_seconds',
    help: 'Time from a command to its answer',
    labelNames: ['room', 'command', 'outcome'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    registers,
  })
  const frames = counter('frames_total', 'Frames written', ['room'])
  const entries = counter('entries_total', 'Log entries sent', ['room'])
  const bytes = counter('sent_bytes_total', 'Frame bytes handed to sockets', ['room'])
  const writes = counter('socket_writes_total', 'Socket writes', ['room'])
  const closed = counter('closed_total', 'Sockets closed by the room', ['room', 'reason'])
  const skipped = counter('skipped_total', 'Frames skipped for slow clients', ['room'])
  const thinned = counter('thinned_total', 'Frames thinned for slow clients', ['room'])
  const resynced = counter('resynced_total', 'Slow clients resynced', ['room'])
  return {
    command: (room, command, outcome, tookMs) =>
      commands.observe({ room, command, outcome }, tookMs / 1000),
    frame(room, entryCount, byteCount, sockets) {
      const label = { room }
      frames.inc(label)
      entries.inc(label, entryCount * sockets)
      bytes.inc(label, byteCount)
      writes.inc(label, sockets)
    },
    closed: (room, reason) => closed.inc({ room, reason }),
    skipped: (room, sockets) => skipped.inc({ room }, sockets),
    thinned: (room, sockets) => thinned.inc({ room }, sockets),
    resynced: (room) => resynced.inc({ room }),
  }
}

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
