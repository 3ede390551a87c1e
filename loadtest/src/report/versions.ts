/** Versions of what was measured, read from what is installed. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const peers = join(import.meta.dirname, '../../peers/package.json')

function installed(name: string, from: string): string {
  const paths = createRequire(from).resolve.paths(name) ?? []
  for (const path of paths) {
    try {
      const text = readFileSync(join(path, name, 'package.json'), 'utf8')
      return (JSON.parse(text) as { version: string }).version
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return 'not installed'
}

function wanted(name: string): string {
  const { optionalDependencies } = JSON.parse(readFileSync(peers, 'utf8')) as {
    optionalDependencies: Record<string, string>
  }
  return optionalDependencies[name] ?? 'unknown'
}

export function colyseusVersions(): string {
  const of = (name: string) => installed(name, import.meta.filename)
  return (
    `@colyseus/core ${of('@colyseus/core')}, @colyseus/sdk ${of('@colyseus/sdk')}, ` +
    `ws ${of('ws')}`
  )
}

/** Of what carries picture and sound. */
export function mediaVersions(): string {
  return `@livekit/rtc-node ${installed('@livekit/rtc-node', import.meta.filename)}`
}

/** Of what spreads rooms over processes. */
export function sharedVersions(): string {
  const of = (name: string) => installed(name, import.meta.filename)
  const names = ['@colyseus/core', '@colyseus/redis-driver', '@colyseus/redis-presence']
  return names.map((name) => `${name} ${of(name)}`).join(', ')
}

export function adapterVersions(): string {
  const core = installed('@colyseus/core', import.meta.filename)
  const [io, adapter] = ['socket.io', '@socket.io/redis-adapter'].map((one) =>
    installed(one, peers),
  )
  return `@colyseus/core ${core}, Socket.IO ${io}, @socket.io/redis-adapter ${adapter}`
}

export function peerVersions(): string {
  const bun = wanted('@oven/bun-linux-x64')
  return `${colyseusVersions()}, Socket.IO ${installed('socket.io', peers)}, Bun ${bun}`
}
