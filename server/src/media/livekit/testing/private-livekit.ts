/** A real LiveKit of its own for a test, on ports nobody uses. It is ended with the test file. */
import { afterAll } from 'vitest'
import { quietLog } from '../../../platform/testing/quiet-log.ts'
import { freePorts } from '../free-ports.ts'
import { type OwnServer, startOwnServer } from '../own-server.ts'
import { livekitProgram } from '../program.ts'
import type { LiveKitAddress } from '../settings.ts'

const found = await livekitProgram({ environment: process.env, builds: false })
export const hasLiveKit = 'path' in found

/** Says loudly that nothing was tested with LiveKit; where it must be had, that is a failure. */
export function demandLiveKit(): void {
  if (!('missing' in found)) return
  const text = `No LiveKit: picture and sound were NOT tested. ${found.missing}`
  if (process.env.CI) throw new Error(text)
  process.stderr.write(`\n  ${text}\n\n`)
}

export type PrivateLiveKit = OwnServer & LiveKitAddress

/** `webhook` is where it tells what happens. */
export async function privateLiveKit(webhook: string): Promise<PrivateLiveKit> {
  if (!('path' in found)) throw new Error(found.missing)
  const host = '127.0.0.1'
  const ports = () => freePorts(host, 'any')
  const { path: program } = found
  const server = await startOwnServer({ program, host, ports, webhook, log: quietLog })
  afterAll(() => server.stop())
  return { ...server, publicUrl: `ws://${host}:${server.ports.http}` }
}
