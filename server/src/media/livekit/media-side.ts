/** Picture and sound, put together: the port for rooms, where LiveKit tells, and which LiveKit. */
import type { Logger, World } from '@odeon/rooms/ports'
import type { Registry } from 'prom-client'
import type { Endpoint } from '../../platform/http/endpoint.ts'
import type { Progress } from '../../platform/start/progress.ts'
import { freePorts } from './free-ports.ts'
import { mirrorFigures } from './livekit-figures.ts'
import { LiveKitMedia, type LiveKitMediaDeps } from './livekit-media.ts'
import { startOwnServer } from './own-server.ts'
import { livekitProgram } from './program.ts'
import type { MediaSettings } from './settings.ts'
import { webhookEndpoint } from './webhook-endpoint.ts'

export interface MediaSide {
  media: LiveKitMedia
  endpoints: Endpoint[]
  /** Origins that pages must reach for media, also while they are away; empty without media. */
  connectTo: () => readonly string[]
  /**
   * Uses the LiveKit of the settings, or gets one that comes along ready meanwhile: rooms are open
   * and say that there is none. The result ends it.
   */
  begin(options: BeginOptions): () => Promise<void>
}

export interface BeginOptions {
  settings: MediaSettings
  /** Where this server listens. */
  host: string | undefined
  port: number
  progress: Progress
}

export interface MediaSideDeps {
  presence: LiveKitMediaDeps['presence']
  world: Pick<World, 'now'>
  log: Logger
  registry?: Registry | undefined
  also?: LiveKitMediaDeps['also']
}

export function mediaSide(deps: MediaSideDeps): MediaSide {
  const { log, registry } = deps
  const media = new LiveKitMedia(deps)
  if (registry) mirrorFigures(registry, () => media.signer?.metricsUrl)

  let pagesReach: string | undefined

  const beginOwn = ({ host: told, port, progress }: BeginOptions) => {
    const host = told ?? '0.0.0.0'
    const ending = new AbortController()
    const { signal } = ending
    const work = progress.step('livekit', async (say) => {
      // Known from the start, so that pages opened meanwhile may connect when it is ready.
      const usual = await freePorts(host, 'usual')
      pagesReach = addressOn(host, usual)
      const program = await livekitProgram({ environment: process.env, say, signal })
      if (signal.aborted) return undefined
      if ('missing' in program) {
        say(`no picture and sound. ${program.missing}`)
        return undefined
      }
      say('starting')
      const webhook = `http://${reachable(host)}:${port}/v1/media/webhook`
      const server = await startOwnServer({
        program: program.path,
        // Who may come from elsewhere is said by naming an address.
        host: told ?? '127.0.0.1',
        mediaHost: host,
        ports: (attempt) => (attempt === 0 ? Promise.resolve(usual) : freePorts(host, 'any')),
        webhook,
        log,
      })
      const { ports } = server
      pagesReach = addressOn(host, ports)
      await media.use({ ...server, publicUrl: pagesReach })
      say(`picture and sound are on, port ${ports.http}`)
      return server
    })
    work.catch((err: unknown) => {
      if (!signal.aborted) log.error({ err }, 'there is no picture and sound')
    })
    return async () => {
      ending.abort()
      const server = await work.catch(() => undefined)
      await server?.stop()
    }
  }

  return {
    media,
    connectTo: () => (pagesReach === undefined ? [] : originsOf(pagesReach)),
    endpoints: [
      webhookEndpoint({
        signer: () => media.signer,
        told: (body) => media.told(body),
        unheard: () => media.unheard(),
        meter: media.meter,
        log,
      }),
    ],
    begin(options) {
      const { settings } = options
      if (settings === 'off') return () => Promise.resolve()
      const silence = media.listen()
      const end = settings === 'own' ? beginOwn(options) : undefined
      if (settings !== 'own') {
        pagesReach = settings.publicUrl
        void media.use(settings)
      }
      return async () => {
        await silence()
        await end?.()
      }
    },
  }
}

/** Its socket, and what its client asks when that fails. */
function originsOf(publicUrl: string): string[] {
  const { host, protocol } = new URL(publicUrl)
  return protocol === 'wss:'
    ? [`wss://${host}`, `https://${host}`]
    : [`ws://${host}`, `http://${host}`]
}

const isEverywhere = (host: string) => host === '0.0.0.0' || host === '::'
const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)
/** From this machine. */
const reachable = (host: string) => (isEverywhere(host) ? '127.0.0.1' : bracketed(host))
/** For browsers of this machine. */
const named = (host: string) => (isEverywhere(host) ? 'localhost' : bracketed(host))
const addressOn = (host: string, ports: { http: number }) => `ws://${named(host)}:${ports.http}`
