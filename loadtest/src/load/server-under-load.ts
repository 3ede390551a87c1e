/** The server a load run talks to: one that runs already, or one of its own that leaves nothing. */
import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unlessEnded } from './interruption.ts'

export interface ServerUnderLoad {
  url: string
  /** Fronts of the house, the first of which is `url`. */
  urls: string[]
  port: number
  /** `host:port` of each, where seats are asked for. */
  addresses: string[]
  isTls: boolean
  isLocal: boolean
  /** Those that are known, so that their CPU and memory can be read. */
  pids: number[]
  isOurs: boolean
  stop(): Promise<void>
}

export interface Wanted {
  urls: string[]
  pids: number[]
  /** Somebody says that a server elsewhere is theirs. */
  isTheirs?: boolean
}

const usualUrl = 'http://127.0.0.1:2567'
const startMsMax = 180_000
const main = join(import.meta.dirname, '../../../server/src/main.ts')

const warning = (host: string): string => `
  ${host} is not this machine. Thousands of clients can stop a server and cost money, and
  loading one that is not yours is an attack. If you run it, say so: --i-run-this-server.`

export async function serverUnderLoad(
  { urls, pids, isTheirs = false }: Wanted,
  say: (line: string) => void,
  ended?: AbortSignal,
): Promise<ServerUnderLoad> {
  const fronts = (urls.length === 0 ? [usualUrl] : urls).map(addressOf)
  const stranger = fronts.find((front) => !isLoopback(front))
  if (stranger !== undefined && !isTheirs) throw new Error(warning(stranger.hostname).trim())
  const silent = await firstSilent(fronts, ended)
  if (silent === undefined) {
    const named = fronts.map(({ origin }) => origin).join(', ')
    say(`Using the server at ${named}${stranger ? ', which you say you run' : ''}.`)
    return running(fronts, pids)
  }
  if (urls.length > 0) throw new Error(`No server answers at ${silent.origin}.`)
  say('No server runs; starting one of its own …')
  return ownServer({}, ended)
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    throw new Error(`--url must be an address such as https://odeon.example, not ${url}.`)
  }
  if (address.hostname === 'localhost') address.hostname = '127.0.0.1'
  return address
}

function isLoopback({ hostname, protocol }: URL): boolean {
  return protocol === 'http:' && /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

async function answers(address: URL, ended?: AbortSignal): Promise<boolean> {
  try {
    return (await fetch(new URL('/health', address), { signal: ended ?? null })).ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function firstSilent(fronts: URL[], ended?: AbortSignal): Promise<URL | undefined> {
  for (const front of fronts) if (!(await answers(front, ended))) return front
  return undefined
}

const portOf = ({ port, protocol }: URL) => Number(port || (protocol === 'https:' ? 443 : 80))

function running(fronts: URL[], pids: number[]): ServerUnderLoad {
  const [first] = fronts
  if (first === undefined) throw new Error('A server has at least one address.')
  const schemes = new Set(fronts.map(({ protocol }) => protocol))
  if (schemes.size > 1) throw new Error('All --url must be http, or all https.')
  return {
    url: first.origin,
    urls: fronts.map(({ origin }) => origin),
    port: portOf(first),
    addresses: fronts.map((front) => `${front.hostname}:${portOf(front)}`),
    isTls: first.protocol === 'https:',
    isLocal: fronts.every(isLoopback),
    pids,
    isOurs: false,
    stop: () => Promise.resolve(),
  }
}

export interface OwnServer extends ServerUnderLoad {
  pid: number
  /** Settles with its exit code and what ended it, whoever did. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  /** The last that it has written, both streams. */
  output(): string
}

/**
 * As in production, so that no check of a developer's is measured. With `ended` whoever starts it
 * sees to its end, also when that comes by Ctrl-C.
 */
export async function ownServer(
  more: NodeJS.ProcessEnv = {},
  ended?: AbortSignal,
): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-load-'))
  const port = Number(more['PORT'] ?? (await freePort()))
  const child = spawn(process.execPath, ['--conditions=development', main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A Ctrl-C goes to the whole group; this server is there until the report is written.
    detached: ended !== undefined,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      JWT_SECRET: randomBytes(48).toString('base64'),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'warn',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DEMO: 'off',
      MEDIA: 'off',
      WEB: 'off',
      RATE_LIMIT_FACTOR: '1000000',
      ...more,
    },
  })
  const over = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  const leave = (): void => void child.kill('SIGTERM')
  process.once('exit', leave)
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await over
    process.off('exit', leave)
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  const output = outputOf(child)
  const said = addressSaid(child, output)
  const open = ended === undefined ? said : unlessEnded(said, ended)
  const address = await open.catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const { pid = 0 } = child
  return { ...running([address], [pid]), isOurs: true, pid, ended: over, output, stop }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

function outputOf({ stdout, stderr }: ReturnType<typeof spawn>): () => string {
  let text = ''
  const hear = (chunk: Buffer) => (text = (text + chunk.toString()).slice(-20_000))
  for (const stream of [stdout, stderr]) stream?.on('data', hear)
  return () => text
}

/** Waits for the line that says where it is open. */
function addressSaid(child: ReturnType<typeof spawn>, output: () => string): Promise<URL> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The server ${why}.\n${output().slice(-2_000)}`))
    const timer = setTimeout(() => fail('did not open in time'), startMsMax)
    const look = (): void => {
      const found = / is open: (\S+)/.exec(output())?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      for (const stream of [child.stdout, child.stderr]) stream?.off('data', look)
      resolve(addressOf(found))
    }
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', look)
    child.once('close', () => {
      clearTimeout(timer)
      fail('ended before it was open')
    })
  })
}
