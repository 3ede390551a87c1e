/** A LiveKit whose clients ask for more than their library lets them: their words are changed. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AddTrackRequest, SignalRequest } from '@livekit/protocol'
import { onTestFinished } from 'vitest'
import { WebSocket as Socket, WebSocketServer } from 'ws'
import type { LiveKitAddress } from '../settings.ts'

/** Signalling goes through here, media do not. It ends with the test. */
export async function tamperedLiveKit(
  livekit: LiveKitAddress,
  change: (request: AddTrackRequest) => void,
): Promise<LiveKitAddress> {
  const server = createServer((_, reply) => void reply.writeHead(404).end())
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (near, { url = '', headers: { authorization } }) => {
    const options = authorization === undefined ? {} : { headers: { authorization } }
    const far = new Socket(livekit.publicUrl + url, options)
    const isOpen = new Promise((resolve) => far.once('open', resolve))
    near.on('message', (data: Buffer) => {
      const request = SignalRequest.fromBinary(data)
      if (request.message.case === 'addTrack') change(request.message.value)
      void isOpen.then(() => far.send(request.toBinary()))
    })
    far.on('message', (data: Buffer) => near.send(data, { binary: true }))
    far.on('close', () => near.close())
    near.on('close', () => far.close())
    far.on('error', () => near.terminate())
    near.on('error', () => far.terminate())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    sockets.close()
    server.close()
    server.closeAllConnections()
  })
  return { ...livekit, publicUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
