/**
 * Peers that are no dependency of ours: installed beside the benchmark when it first needs them.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const folder = join(import.meta.dirname, '../../peers')
const cpu: Record<string, string> = { x64: 'x64', arm64: 'aarch64' }
const bun = join(folder, `node_modules/@oven/bun-${platform()}-${cpu[arch()] ?? arch()}/bin/bun`)

export function bunProgram(): string {
  return bun
}

export async function installPeers(say: (line: string) => void): Promise<void> {
  const wanted = [bun, join(folder, 'node_modules/@socket.io/redis-adapter')]
  if (wanted.every((path) => existsSync(path))) return
  say('Installing the peers to compare with (Socket.IO, Bun; about 110 MB) …')
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  await promisify(execFile)('npm', args, { cwd: folder }).catch((error: unknown) => {
    throw new Error('The peers could not be installed.', { cause: error })
  })
}
