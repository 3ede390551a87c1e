/** The nginx of `docker/nginx.conf`, really running, before processes of a test. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { onTestFinished, vi } from 'vitest'

const program = process.env.NGINX_PATH ?? '/usr/sbin/nginx'
export const hasNginx = existsSync(program)
const shipped = resolve(import.meta.dirname, '../../../../docker/nginx.conf')

/** Says loudly that nothing was tested with nginx; where it must be had, that is a failure. */
export function demandNginx(): void {
  if (hasNginx) return
  const text = `No nginx at ${program}: what stands before processes was NOT tested.`
  if (process.env.CI) throw new Error(`${text} Install it or set NGINX_PATH.`)
  process.stderr.write(`\n  ${text} Install it, or set NGINX_PATH.\n\n`)
}

export interface PrivateNginx {
  url: string
  /** All that it has written so far. */
  said(): string
}

/** Listens on `port`, for two processes on those ports. Ends with the test. */
export async function privateNginx(port: number, rooms: [number, number]): Promise<PrivateNginx> {
  const folder = await mkdtemp(join(tmpdir(), 'odeon-nginx-'))
  let house = await readFile(shipped, 'utf8')
  for (const [index, room] of rooms.entries()) {
    house = house
      .replaceAll(`room-${2567 + index} {`, `room-${room} {`)
      .replaceAll(`room-${index}:${2567 + index}`, `127.0.0.1:${room}`)
  }
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const config = `daemon off; master_process off; pid ${folder}/pid; error_log stderr warn;
    events { worker_connections 512; }
    http {
      access_log off;
      ${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n      ')}
      ${house.replace('listen 8080', `listen 127.0.0.1:${port}`)}
    }`
  const file = join(folder, 'nginx.conf')
  await writeFile(file, config)
  const child = spawn(program, ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  })
  const url = `http://127.0.0.1:${port}`
  await vi.waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`nginx ended: ${said}`)
    await fetch(`${url}/health`)
  }, 5_000)
  return { url, said: () => said }
}
