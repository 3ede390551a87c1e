/** A TCP line to a server that can be cut like a real one, and that counts what comes through. */
import { createServer, type AddressInfo, connect, type Socket } from 'node:net'

export interface FlakyLine {
  /** Address to give to the client instead of the server's. */
  url: string
  /** Bytes that came from the server over all connections so far. */
  receivedBytes(): number
  /** Cuts every connection without a goodbye and refuses new ones until `mend`. */
  cut(): void
  /** Lets nothing through any more, without telling either end: the worst of networks. */
  freeze(): void
  mend(): void
  close(): Promise<void>
}

export async function flakyLine(serverUrl: string): Promise<FlakyLine> {
  const { hostname, port } = new URL(serverUrl)
  const open = new Set<Socket>()
  let received = 0
  let isCut = false
  const line = createServer((near) => {
    if (isCut) {
      near.resetAndDestroy()
      return
    }
    const far = connect(Number(port), hostname)
    far.on('data', (bytes) => {
      received += bytes.byteLength
    })
    near.pipe(far)
    far.pipe(near)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.setNoDelay(true)
      // A reset is what this line is for; the close that follows ends the other side too.
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    receivedBytes: () => received,
    cut() {
      isCut = true
      for (const socket of open) socket.resetAndDestroy()
    },
    freeze() {
      for (const socket of open) {
        socket.unpipe()
        socket.pause()
      }
    },
    mend() {
      isCut = false
    },
    close() {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => line.close(() => resolve()))
    },
  }
}
