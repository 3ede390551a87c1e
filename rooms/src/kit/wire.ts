/**
 * Bytes on the socket: Colyseus messages in and out, and the WebSocket frames around those out.
 * Frames are built once per room and shared by all its sockets, so they must never be changed.
 */
import { getMessageBytes, Protocol } from '@colyseus/core'
import { decode } from '@colyseus/schema'
import { Packr, RESERVE_START_SPACE, unpack } from 'msgpackr'

/** Plain msgpack, as Colyseus' own: other decoders know no records. */
const packr = new Packr({ useRecords: false })

/** First bytes of frames: whole and binary, plain or deflated (RSV1, RFC 7692). */
const firstByte = { plain: 0x82, deflated: 0xc2 } as const

/** Where the bytes of a frame stand. */
type Allocate = (size: number) => Buffer

/** For what is kept long: a piece of the pool that short-lived bytes share would keep all of it. */
export const lasting: Allocate = (size) => Buffer.allocUnsafeSlow(size)

/** One unmasked, unfragmented binary WebSocket frame (RFC 6455, section 5.2) around a copy. */
export function websocketFrame(
  payload: Uint8Array,
  kind: keyof typeof firstByte = 'plain',
  allocate: Allocate = Buffer.allocUnsafe,
): Buffer {
  const length = payload.byteLength
  const headerLength = headerLengthOf(length)
  const frame = allocate(headerLength + length)
  frame[0] = firstByte[kind]
  writeLength(frame, headerLength, length)
  frame.set(payload, headerLength)
  return frame
}

/** A WebSocket ping without content. */
export const pingFrame = Buffer.from([0x89, 0x00])

const headerLengthOf = (length: number) => (length < 126 ? 2 : length < 65_536 ? 4 : 10)

function writeLength(frame: Buffer, headerLength: number, length: number): void {
  if (headerLength === 2) {
    frame[1] = length
  } else if (headerLength === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeUInt32BE(0, 2)
    frame.writeUInt32BE(length, 6)
  }
}

/** A named message as a ready frame, for one socket or for all of them. */
export function messageFrame(type: string, payload: unknown, allocate?: Allocate): Buffer {
  const head = headOf(type)
  if (payload === undefined) return websocketFrame(head, 'plain', allocate)
  // Packed behind a gap for its head, so that the bytes are copied once.
  const packed = packr.pack(payload, RESERVE_START_SPACE | head.byteLength)
  packed.set(head)
  return websocketFrame(packed, 'plain', allocate)
}

const heads = new Map<string, Buffer>()

/** Protocol byte and name; the names are those of the kit and of capabilities, so few. */
function headOf(type: string): Buffer {
  let head = heads.get(type)
  if (head === undefined) {
    head = getMessageBytes.raw(Protocol.ROOM_DATA, type)
    heads.set(type, head)
  }
  return head
}

/** What a client may say once it has joined. */
export type Inbound =
  | { kind: 'protocol' }
  | { kind: 'command'; name: string; payload: unknown; correlation: number | undefined }
  | { kind: 'malformed' }

const malformed: Inbound = { kind: 'malformed' }
const protocol: Inbound = { kind: 'protocol' }

/** Reads one inbound message. Whatever the bytes are, it answers and never throws. */
export function readInbound(data: unknown, isBinary: boolean): Inbound {
  if (!isBinary || !(data instanceof Uint8Array) || data.byteLength === 0) return malformed
  switch (data[0]) {
    case Protocol.JOIN_ROOM:
    case Protocol.LEAVE_ROOM:
    case Protocol.PING:
      return protocol
    case Protocol.ROOM_DATA:
    case Protocol.ROOM_REQUEST:
      return readCommand(data, data[0] === Protocol.ROOM_REQUEST)
    default:
      return malformed
  }
}

const nameBytesMax = 64

/**
 * The name of a command: a short string as @colyseus/schema writes it. Read here because the
 * library prints a line for each invalid byte, which would be a peer's way into our log.
 */
function readName(bytes: Buffer, at: { offset: number }): string | undefined {
  const prefix = bytes[at.offset] ?? 0
  const isShort = (prefix & 0xe0) === 0xa0
  if (!isShort && prefix !== 0xd9) return undefined
  const length = isShort ? prefix & 0x1f : (bytes[at.offset + 1] ?? 0)
  const start = at.offset + (isShort ? 1 : 2)
  if (length > nameBytesMax || start + length > bytes.byteLength) return undefined
  at.offset = start + length
  return bytes.toString('utf8', start, at.offset)
}

function readCommand(data: Uint8Array, isRequest: boolean): Inbound {
  const at = { offset: 1 }
  const bytes = data as Buffer
  try {
    const correlation = isRequest ? decode.number(bytes, at) : undefined
    const name = readName(bytes, at)
    if (name === undefined) return malformed
    const payload = at.offset < data.byteLength ? unpack(data.subarray(at.offset)) : undefined
    if (correlation !== undefined && !Number.isInteger(correlation)) return malformed
    return { kind: 'command', name, payload, correlation }
  } catch {
    // Any decoding error means the same here: the peer does not speak the protocol.
    return malformed
  }
}

/** Payloads of concatenated frames made here. Throws when they end in the middle of one. */
export function splitFrames(frames: Buffer): Buffer[] {
  return framesIn(frames).map(({ payload }) => payload)
}

/** Both of each frame: it itself with its header, and what it carries. */
export function framesIn(frames: Buffer): { frame: Buffer; payload: Buffer }[] {
  return frameBounds(frames).map(({ start, payload, end }) => ({
    frame: frames.subarray(start, end),
    payload: frames.subarray(payload, end),
  }))
}

/** The frames themselves, each with its header. */
export function wholeFrames(frames: Buffer): Buffer[] {
  return framesIn(frames).map(({ frame }) => frame)
}

interface FrameBounds {
  start: number
  payload: number
  end: number
}

function frameBounds(frames: Buffer): FrameBounds[] {
  const bounds: FrameBounds[] = []
  for (let start = 0; start < frames.byteLength; ) {
    const short = frames[start + 1] ?? 0
    const payload = start + (short < 126 ? 2 : short === 126 ? 4 : 10)
    if (payload > frames.byteLength) throw new RangeError('a frame is cut off')
    const length =
      short < 126 ? short : short === 126 ? frames.readUInt16BE(start + 2) : lengthIn(frames, start)
    const end = payload + length
    if (end > frames.byteLength) throw new RangeError('a frame is cut off')
    bounds.push({ start, payload, end })
    start = end
  }
  return bounds
}

const lengthIn = (frames: Buffer, start: number): number => frames.readUInt32BE(start + 6)
