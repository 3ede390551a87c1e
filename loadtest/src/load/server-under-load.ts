/** The server a load run talks to: one that runs already, or one of its own that leaves nothing. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ServerUnderLoad {
  url: string
  port: number
  /** Set when the process is known, so that its CPU and memory can be read. */
  pid: number | undefined
  isOurs: boolean
  stop(): Promise<void>
}

const usualUrl = 'http://127.0.0.1:2567'
const startMsMax = 180_000
const main = join(import.meta.dirname, '../../../server/src/main.ts')

/** Only loopback may be loaded; nobody else asked for it. */
function loopback(url: string): URL {
  const address = new URL(url)
  if (address.hostname === 'localhost') address.hostname = '127.0.0.1'
  if (!/^127\.\d+\.\d+\.\d+$/.test(address.hostname) || address.protocol !== 'http:') {
    throw new Error(`${url} is not on this machine; only http://localhost and 127.* are loaded.`)
  }
  return address
}

export async function serverUnderLoad(
  { url, pid }: { url: string | undefined; pid: number | undefined },
  say: (line: string) => void,
): Promise<ServerUnderLoad> {
  const address = loopback(url ?? usualUrl)
  if (await answers(address)) {
    say(`Using the server at ${address.origin}.`)
    return running(address, pid)
  }
  if (url !== undefined) throw new Error(`No server answers at ${address.origin}.`)
  say('No server runs; starting one of its own …')
  return ownServer()
}

async function answers(address: URL): Promise<boolean> {
  try {
    return (await fetch(new URL('/health', address))).ok
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function running(address: URL, pid: number | undefined): ServerUnderLoad {
  const stop = () => Promise.resolve()
  return { url: address.origin, port: Number(address.port || 80), pid, isOurs: false, stop }
}

async function ownServer(): Promise<ServerUnderLoad> {
  const dataDir = await mkdtemp(join(tmpdir(), 'odeon-load-'))
  const child = spawn(process.execPath, ['--conditions=development', main], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DEMO: 'off',
      WEB: 'off',
      RATE_LIMIT_FACTOR: '1000000',
    },
  })
  const ended = once(child, 'close')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(dataDir, { recursive: true, force: true })
  }
  const address = await addressOf(child).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return { ...running(address, child.pid), isOurs: true, stop }
}

/** Waits for the line that says where it is open. */
function addressOf(child: ReturnType<typeof spawn>): Promise<URL> {
  let text = ''
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`The server ${why}.\n${text.slice(-2_000)}`))
    const timer = setTimeout(() => fail('did not open in time'), startMsMax)
    const hear = (chunk: Buffer): void => {
      text = (text + chunk.toString()).slice(-20_000)
      const found = / is open: (\S+)/.exec(text)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(loopback(found))
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('close', () => {
      clearTimeout(timer)
      fail('ended before it was open')
    })
  })
}
