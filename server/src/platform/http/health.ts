/** `/health` says that the process runs; `/ready` tries everything it needs to do its work. */
import { z } from 'zod'
import { type Endpoint, endpoint } from './endpoint.ts'

export interface HealthOptions {
  version: string
  now: () => number
}

/** Always answers at once and touches nothing outside the process. */
export function healthEndpoint({ version, now }: HealthOptions): Endpoint {
  const startedAt = now()
  return endpoint(
    {
      method: 'GET',
      path: '/health',
      summary: 'Facts about this process; answers as long as it runs.',
      auth: 'none',
      limit: [],
      reply: z.object({
        status: z.literal('ok'),
        version: z.string(),
        startedAt: z.number(),
        uptimeMs: z.number(),
        memoryBytes: z.number(),
        node: z.string(),
      }),
    },
    () => ({
      status: 'ok' as const,
      version,
      startedAt,
      uptimeMs: now() - startedAt,
      memoryBytes: process.memoryUsage.rss(),
      node: process.versions.node,
    }),
  )
}

/** Resolves when the part works, rejects when it does not. */
export type Probe = () => Promise<unknown>

export interface ReadinessOptions {
  probes: Record<string, Probe>
  /** A process that ends is not ready, whatever works in it. */
  isStopping?: () => boolean
  /** Time each probe has. */
  timeoutMs?: number
  /** One round of probes serves everybody who asks within this time. */
  keptMs?: number
}

export function readyEndpoint(options: ReadinessOptions): Endpoint {
  const { probes, isStopping = () => false, timeoutMs = 2_000, keptMs = 500 } = options
  let latest: { until: number; failed: Promise<Record<string, string>> } | undefined
  const names = Object.keys(probes)
  return endpoint(
    {
      method: 'GET',
      path: '/ready',
      summary:
        'Tries every part this process needs. 503 names what failed, or that it is stopping.',
      auth: 'none',
      limit: [],
      refusals: { not_ready: { status: 503, text: 'Some parts of this server do not work.' } },
      reply: z.object({ ready: z.literal(true), checked: z.array(z.string()) }),
    },
    async (ctx) => {
      if (isStopping()) ctx.refuse('not_ready', { fields: { process: 'stopping' } })
      const now = performance.now()
      if (!latest || latest.until < now) {
        latest = { until: now + keptMs, failed: tryAll(probes, timeoutMs) }
      }
      const failed = await latest.failed
      if (Object.keys(failed).length > 0) {
        ctx.log.warn({ failed: Object.keys(failed) }, 'not ready')
        ctx.refuse('not_ready', { fields: failed })
      }
      return { ready: true as const, checked: names }
    },
  )
}

/** What failed and how, in words that tell nothing of the inside. */
async function tryAll(
  probes: Record<string, Probe>,
  timeoutMs: number,
): Promise<Record<string, string>> {
  const failed: Record<string, string> = {}
  await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => {
      const deadline = Promise.withResolvers<'late'>()
      const timer = setTimeout(() => deadline.resolve('late'), timeoutMs)
      try {
        const outcome = await Promise.race([probe().then(() => 'works'), deadline.promise])
        if (outcome === 'late') failed[name] = 'did not answer in time'
      } catch {
        failed[name] = 'failed'
      } finally {
        clearTimeout(timer)
      }
    }),
  )
  return failed
}
