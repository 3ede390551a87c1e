/** The viewers: each a guest of its own, all of them sockets of the compiled client. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mark, Swarm } from '../swarm/swarm.ts'
import type { ServerUnderLoad } from './server-under-load.ts'

const signInsAtOnce = 16
const sampleEvery = 20

export interface Audience {
  swarm: Swarm
  joined: Mark
  joinMs: number
}

/** Signs guests in and lets them join the stream's room. */
export async function gather(
  server: ServerUnderLoad,
  options: { streamId: string; viewers: number; lifetimeS: number },
  say: (line: string) => void,
): Promise<Audience> {
  say(`Signing ${options.viewers} guests in …`)
  const tokens = await guestTokens(server.url, options.viewers)
  const folder = await mkdtemp(join(tmpdir(), 'odeon-tokens-'))
  try {
    const file = join(folder, 'tokens')
    await writeFile(file, tokens.join('\n'), { mode: 0o600 })
    const swarm = await Swarm.start({
      port: server.port,
      dialect: 'colyseus',
      seat: `/v1/streams/${options.streamId}/seat`,
      tokens: file,
      sampleEvery,
      watchedPid: server.pid,
      lifetimeS: options.lifetimeS,
    })
    say(`${options.viewers} viewers join …`)
    const startedAt = performance.now()
    const joined = await swarm.open(options.viewers)
    return { swarm, joined, joinMs: performance.now() - startedAt }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function guestTokens(url: string, count: number): Promise<string[]> {
  const tokens: string[] = []
  let asked = 0
  const lane = async (): Promise<void> => {
    while (asked < count) {
      asked += 1
      tokens.push(await guestToken(url))
    }
  }
  await Promise.all(Array.from({ length: signInsAtOnce }, lane))
  return tokens
}

async function guestToken(url: string): Promise<string> {
  const reply = await fetch(`${url}/v1/auth/guest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-odeon-client': 'program' },
    body: '{}',
  })
  if (reply.status === 429) {
    throw new Error('The server limits sign-ins: start it with RATE_LIMIT_FACTOR=1000000.')
  }
  if (!reply.ok) throw new Error(`A guest was refused: ${reply.status} ${await reply.text()}`)
  return ((await reply.json()) as { accessToken: string }).accessToken
}
