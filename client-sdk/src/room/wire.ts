/**
 * Bytes of the Colyseus 0.18 protocol as a client reads and writes them: one message per
 * WebSocket frame, its kind in the first byte.
 */
import { decode, encode } from '@colyseus/schema'
import { Packr, unpack } from 'msgpackr'

const codes = {
  joinRoom: 10,
  error: 11,
  leaveRoom: 12,
  roomData: 13,
  roomState: 14,
  roomStatePatch: 15,
  ping: 18,
  roomRequest: 21,
  roomResponse: 22,
} as const

/** The upper three bits of the first byte modify a message; none of them is used here. */
const codeMask = 0x1f

export type Answer =
  | { status: 'ok'; payload: unknown }
  | { status: 'refused'; payload: unknown }
  | { status: 'fault'; payload: unknown }
const statuses = ['ok', 'refused', 'fault'] as const

export type Incoming =
  /** The seat is taken. `handshake` describes the state; absent when it was known already. */
  | { kind: 'joined'; reconnectionToken: string; handshake: Uint8Array | undefined }
  | { kind: 'error'; code: number; message: string }
  | { kind: 'state'; isFull: boolean; bytes: Uint8Array }
  | { kind: 'message'; type: string; payload: unknown }
  | { kind: 'answer'; correlation: number; answer: Answer }
  | { kind: 'leave' }
  | { kind: 'pong' }
  /** Something newer than this client; to be passed over. */
  | { kind: 'unknown' }

interface Cursor {
  offset: number
}

export function readIncoming(bytes: Uint8Array): Incoming {
  const at: Cursor = { offset: 1 }
  switch ((bytes[0] ?? 0) & codeMask) {
    case codes.joinRoom:
      return readJoined(bytes, at)
    case codes.error:
      return { kind: 'error', code: number(bytes, at), message: text(bytes, at) }
    case codes.roomState:
      return { kind: 'state', isFull: true, bytes: bytes.subarray(1) }
    case codes.roomStatePatch:
      return { kind: 'state', isFull: false, bytes: bytes.subarray(1) }
    case codes.roomData: {
      if (!decode.stringCheck(bytes, at)) return { kind: 'unknown' }
      const type = text(bytes, at)
      return { kind: 'message', type, payload: rest(bytes, at) }
    }
    case codes.roomResponse: {
      const correlation = number(bytes, at)
      const status = statuses[bytes[at.offset++] ?? 2] ?? 'fault'
      return { kind: 'answer', correlation, answer: { status, payload: rest(bytes, at) } }
    }
    case codes.leaveRoom:
      return { kind: 'leave' }
    case codes.ping:
      return { kind: 'pong' }
    default:
      return { kind: 'unknown' }
  }
}

/** `[token length][token][serializer length][serializer][reflection length][reflection]…` */
function readJoined(bytes: Uint8Array, at: Cursor): Incoming {
  const reconnectionToken = shortText(bytes, at)
  shortText(bytes, at)
  const length = number(bytes, at)
  const handshake = length > 0 ? bytes.slice(at.offset, at.offset + length) : undefined
  return { kind: 'joined', reconnectionToken, handshake }
}

function shortText(bytes: Uint8Array, at: Cursor): string {
  const length = bytes[at.offset++] ?? 0
  const start = at.offset
  at.offset += length
  return new TextDecoder().decode(bytes.subarray(start, at.offset))
}

function number(bytes: Uint8Array, at: Cursor): number {
  return decode.number(bytes, at)
}

function text(bytes: Uint8Array, at: Cursor): string {
  return decode.string(bytes, at)
}

function rest(bytes: Uint8Array, at: Cursor): unknown {
  return at.offset < bytes.byteLength ? unpack(bytes.subarray(at.offset)) : undefined
}

export const joinConfirmation = Uint8Array.of(codes.joinRoom)
export const leaveNotice = Uint8Array.of(codes.leaveRoom)
export const ping = Uint8Array.of(codes.ping)

const packr = new Packr({ useRecords: false })

/** A command that wants an answer, which will carry the same `correlation`. */
export function requestBytes(correlation: number, name: string, payload: unknown): Uint8Array {
  const head: number[] = [codes.roomRequest]
  const at: Cursor = { offset: 1 }
  encode.number(head, correlation, at)
  encode.string(head, name, at)
  const body = packr.pack(payload)
  const bytes = new Uint8Array(head.length + body.byteLength)
  bytes.set(head)
  bytes.set(body, head.length)
  return bytes
}
