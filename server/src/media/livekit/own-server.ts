/**
 * A LiveKit of this process's own, for whoever has none: on free ports, with a key made for this
 * run. It ends with this process, however that ends, and is started again when it dies.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@odeon/rooms/ports'

export interface LiveKitPorts {
  /** Signalling and API, TCP. */
  http: number
  /** Media when UDP is let through, one port for all. */
  udp: number
  /** Media where it is not. */
  tcp: number
  /** Its figures, for who knows the password. */
  metrics: number
}

export interface OwnServerOptions {
  program: string
  /** The address to listen on for signalling and API. */
  host: string
  /** That of media, `host` unless told. Those on a loopback address stay on this machine. */
  mediaHost?: string
  /** Asked anew when it could not start on those of the attempt before; 0 is the first. */
  ports(attempt: number): Promise<LiveKitPorts>
  /** Where it tells what happens, `http://127.0.0.1:2567/v1/media/webhook`. */
  webhook: string
  log: Logger
}

export interface OwnServer {
  ports: LiveKitPorts
  /** For this process. */
  url: string
  apiKey: string
  apiSecret: string
  metricsUrl: string
  /** Of the program itself; undefined while none runs. */
  pid(): number | undefined
  /** Ends it at once. */
  stop(): Promise<void>
  /** Again, on the same ports. Resolves when it answers. */
  start(): Promise<void>
}

export const ownServerLimits = {
  startMs: 20_000,
  attemptsMax: 3,
  againAfterMs: 1_000,
  outputBytesKept: 2_000,
} as const

const probeEveryMs = 50
/** Whatever accepts on that port may say nothing for ever. */
const answerMsMax = 1_000

/**
 * The shell between ends the server when its standard input closes, which it does whatever way this
 * process goes.
 */
const guard = [
  'exec 3<&0',
  '"$0" <&- >&2 &',
  'server=$!',
  'echo $server',
  '(read -r _ <&3; kill -KILL $server) 2>/dev/null &',
  'watch=$!',
  'wait $server; code=$?',
  'kill $watch 2>/dev/null',
  'exit $code',
].join('\n')

/** Resolves when it answers. Rejects with what it said when it does not. */
export async function startOwnServer(options: OwnServerOptions): Promise<OwnServer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await startOn(await options.ports(attempt), options)
    } catch (error) {
      if (attempt + 1 === ownServerLimits.attemptsMax) throw error
      options.log.info({ err: error }, 'LiveKit did not start and gets other ports')
    }
  }
}

async function startOn(ports: LiveKitPorts, options: OwnServerOptions): Promise<OwnServer> {
  const apiKey = `odeon${randomBytes(6).toString('hex')}`
  const apiSecret = randomBytes(36).toString('base64url')
  const { host, log } = options
  const reach = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const reachable = reach.includes(':') ? `[${reach}]` : reach
  const url = `http://${reachable}:${ports.http}`
  const password = randomBytes(18).toString('base64url')
  let child: ChildProcess | undefined
  let pid: number | undefined
  let isWanted = false
  let isLaunching = false

  const launch = async (): Promise<void> => {
    const running = spawn('/bin/sh', ['-c', guard, options.program], {
      env: {
        LIVEKIT_CONFIG: JSON.stringify(settings(ports, options, { apiKey, apiSecret, password })),
        PATH: process.env['PATH'],
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A Ctrl-C goes to the whole group, and would leave nobody to end it.
      detached: true,
    })
    child = running
    running.stdout.once('data', (line: Buffer) => {
      pid = Number(line.toString())
    })
    running.stdin.on('error', () => undefined)
    let said = ''
    running.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said = (said + chunk).slice(-ownServerLimits.outputBytesKept)
    })
    // A shell that cannot be begun, as on a full machine, has ended, too.
    const isOver = () => 'ended' as const
    const ended = once(running, 'close').then(isOver, isOver)
    void ended.then(() => {
      if (child === running) child = pid = undefined
      if (isWanted && !isLaunching && child === undefined) void again()
    })
    isLaunching = true
    try {
      if ((await Promise.race([ended, answers(url)])) === 'answers') return
      await end()
    } finally {
      isLaunching = false
    }
    throw new Error(`LiveKit did not start:\n${said}`)
  }

  const again = async (): Promise<void> => {
    log.warn({}, 'LiveKit ended and is started again')
    await delay(ownServerLimits.againAfterMs)
    if (!isWanted || child !== undefined) return
    await launch().catch((err: unknown) => {
      log.warn({ err }, 'LiveKit was not started again')
      if (isWanted) void again()
    })
  }

  const end = async (): Promise<void> => {
    const ending = child
    child = pid = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const gone = once(ending, 'close')
    ending.stdin?.destroy()
    await gone
  }

  const start = async (): Promise<void> => {
    if (child !== undefined) throw new Error('this LiveKit runs already')
    await launch()
    isWanted = true
  }
  await start()
  return {
    ports,
    url,
    apiKey,
    apiSecret,
    metricsUrl: `http://odeon:${password}@${reachable}:${ports.metrics}/metrics`,
    start,
    pid: () => pid,
    stop: async () => {
      isWanted = false
      await end()
    },
  }
}

async function answers(url: string): Promise<'answers' | 'late'> {
  const until = performance.now() + ownServerLimits.startMs
  while (performance.now() < until) {
    const signal = AbortSignal.timeout(answerMsMax)
    const reply = await fetch(url, { signal }).catch(() => undefined)
    await reply?.body?.cancel()
    if (reply?.ok) return 'answers'
    await delay(probeEveryMs)
  }
  return 'late'
}

/** JSON is YAML, which LiveKit reads. Keys stand in the environment, not among the words. */
function settings(
  ports: LiveKitPorts,
  { host, mediaHost = host, webhook }: OwnServerOptions,
  { apiKey, apiSecret, password }: { apiKey: string; apiSecret: string; password: string },
): object {
  const isLocal = ['127.0.0.1', '::1', 'localhost'].includes(mediaHost)
  return {
    port: ports.http,
    bind_addresses: [host],
    rtc: {
      udp_port: ports.udp,
      tcp_port: ports.tcp,
      use_external_ip: false,
      enable_loopback_candidate: true,
      ...(isLocal && { node_ip: '127.0.0.1' }),
    },
    keys: { [apiKey]: apiSecret },
    prometheus: { port: ports.metrics, username: 'odeon', password },
    webhook: { api_key: apiKey, urls: [webhook] },
    room: { auto_create: true, empty_timeout: 60, departure_timeout: 20 },
    logging: { level: 'warn', json: true, pion_level: 'error' },
  }
}
