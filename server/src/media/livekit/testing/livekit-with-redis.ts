/** A real LiveKit that shares a real Redis: it then keeps entries for encoders. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll } from 'vitest'
import { privateRedis } from '../../../platform/testing/private-redis.ts'
import { freePorts } from '../free-ports.ts'
import { livekitProgram } from '../program.ts'
import { roomCalls } from '../room-calls.ts'
import type { LiveKitAddress } from '../settings.ts'

/** Ends with the test file. */
export async function livekitWithRedis(): Promise<LiveKitAddress> {
  const found = await livekitProgram({ environment: process.env, builds: false })
  if (!('path' in found)) throw new Error(found.missing)
  const redis = await privateRedis(afterAll)
  const ports = await freePorts('127.0.0.1', 'any')
  const apiSecret = 'a secret of at least thirty-two bytes'
  const settings = {
    port: ports.http,
    bind_addresses: ['127.0.0.1'],
    rtc: { udp_port: ports.udp, tcp_port: ports.tcp, node_ip: '127.0.0.1' },
    redis: { address: redis.url.replace('redis://', '') },
    keys: { key: apiSecret },
    ingress: { rtmp_base_url: 'rtmp://live.example/live' },
    logging: { level: 'error' },
  }
  const env = { LIVEKIT_CONFIG: JSON.stringify(settings), PATH: process.env['PATH'] }
  const child = spawn(found.path, { env, stdio: 'ignore' })
  const gone = once(child, 'close')
  afterAll(async () => {
    child.kill('SIGKILL')
    await gone
  })
  const url = `http://127.0.0.1:${ports.http}`
  const at = { url, publicUrl: url.replace('http', 'ws'), apiKey: 'key', apiSecret }
  const { probe } = roomCalls(at)
  while (child.exitCode === null) {
    const isUp = await probe().then(
      () => true,
      () => false,
    )
    if (isUp) return at
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('LiveKit did not start')
}
