/**
 * A write without the stream's bookkeeping, for when nothing waits and the kernel takes the bytes
 * at once, which is nearly always. The handle below `net.Socket` is no public interface: whatever
 * does not look as expected is written by the stream.
 */
import type { Socket } from 'node:net'

interface WriteRequest {
  handle?: Handle
  buffer?: Buffer
  oncomplete?: () => void
}

interface Handle {
  /** 0, or a negative system error. What the kernel does not take at once is queued below. */
  writeBuffer(request: WriteRequest, bytes: Buffer): number
  /** Bytes queued below. */
  readonly writeQueueSize: number
}

type SocketWithHandle = Socket & { _handle?: Handle | null; encrypted?: boolean }

/** The class of requests, known from the first write of a stream. */
let Request: (new () => WriteRequest) | undefined
/** A request the kernel served at once was never used; it serves the next write. */
let spare: WriteRequest | undefined
/** Sockets with bytes queued below by a direct write. */
const queued = new Set<Socket>()

/** Bytes on their way: in the stream, or below it. */
export function queuedBytesOf(socket: Socket): number {
  const below = queued.size > 0 && queued.has(socket) ? bytesBelow(socket) : 0
  return socket.writableLength + below
}

/** Bytes the kernel has not taken of what was handed down. */
export function bytesBelow(socket: Socket): number {
  return (socket as SocketWithHandle)._handle?.writeQueueSize ?? 0
}

/**
 * Writes behind whatever was written before, of which `waiting` bytes are on their way still. True
 * when the kernel has taken everything. `bytes` must not change any more.
 */
export function writeTo(
  socket: Socket,
  bytes: Buffer,
  waiting: number = queuedBytesOf(socket),
): boolean {
  const isBehind = waiting > 0 || (queued.size > 0 && queued.has(socket))
  const taken = isBehind ? undefined : writesDirectly(socket, bytes)
  if (taken === undefined) socket.write(bytes)
  return taken ?? queuedBytesOf(socket) === 0
}

/** Whether the kernel has taken all of it; undefined when nothing was written. */
function writesDirectly(socket: SocketWithHandle, bytes: Buffer): boolean | undefined {
  const { _handle: handle } = socket
  if (!handle || socket.encrypted) return undefined
  if (Request === undefined) {
    learn(handle)
    return undefined
  }
  spare ??= new Request()
  const request = spare
  // A broken socket is told so by its stream, which fails at the same write.
  if (handle.writeBuffer(request, bytes) !== 0) return undefined
  if (handle.writeQueueSize === 0) return true
  spare = undefined
  queued.add(socket)
  // Both must live until the rest is written, or never will be.
  request.handle = handle
  request.buffer = bytes
  request.oncomplete = () => queued.delete(socket)
  return false
}

/** The next write of the stream shows what a request is. */
function learn(handle: Handle): void {
  if (typeof handle.writeBuffer !== 'function' || !('writeQueueSize' in handle)) return
  const write = handle.writeBuffer
  handle.writeBuffer = (request, bytes) => {
    Request = request.constructor as new () => WriteRequest
    handle.writeBuffer = write
    return write.call(handle, request, bytes)
  }
}
