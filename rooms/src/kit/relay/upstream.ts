/** What a relay says to the process that writes the room: who came and went, what they ask. */
import { Packr, unpack } from 'msgpackr'
import type { Admitted, Identity } from '../../ports.ts'

/** A person came to the relay, as the record admits them. */
export interface Came {
  kind: 'came'
  identity: Identity
  admission: Admitted
  /** Unix ms. */
  joinedAt?: number
  /** They came some time ago and are named to another writer: the record may say otherwise now. */
  isAgain?: true
}

export interface Went {
  kind: 'went'
  memberId: string
}

/**
 * From here to `named` everybody is named who is at the relay: of those who came by it before,
 * nobody else is there any more.
 */
export interface Naming {
  kind: 'naming' | 'named'
}

/** A command of a member; its answer comes back with the same `ref`. */
export interface Asked {
  kind: 'asked'
  ref: number
  memberId: string
  name: string
  /** Of `packPayload`: what cannot be packed must not be found out in the middle of a batch. */
  payload: Buffer
  /** The sign-in that says it, where it is known. */
  sid?: string
}

export type Item = Came | Went | Naming | Asked

export interface Batch {
  relay: string
  /** Of the writer that it is meant for; another one reads nothing of it. */
  epoch: number
  /** From 1, without a hole; 0 only says that the relay lives. */
  n: number
  /** It begins anew: whoever came by it before is not there any more unless they come again. */
  isFirst: boolean
  items: Item[]
}

/**
 * Of what a batch holds and means. It grows with every change of that: while a house is brought to
 * another version, what the other one says is refused by name and never misread.
 */
const batchVersion = 4

/** A process of another version said it. */
export class UnknownBatch extends Error {
  override name = 'UnknownBatch'
}

const packr = new Packr({ useRecords: false })

/** Throws on what can be decoded and not encoded again, such as things that hold themselves. */
export function packPayload(payload: unknown): Buffer {
  return Buffer.from(packr.pack(payload))
}

export function unpackPayload(bytes: Buffer): unknown {
  return unpack(bytes)
}

export function packBatch({ relay, epoch, n, isFirst, items }: Batch): Buffer {
  return Buffer.from(packr.pack([batchVersion, relay, epoch, n, isFirst, items]))
}

/** Throws on bytes that hold none, `UnknownBatch` on those of another version. */
export function unpackBatch(bytes: Buffer): Batch {
  const parts = unpack(bytes) as [number, string, number, number, boolean, Item[]] | null
  const [version, relay, epoch, n, isFirst, items] = Array.isArray(parts) ? parts : []
  if (version !== batchVersion) {
    const named = typeof version === 'number' ? `of version ${version}` : 'without a version'
    throw new UnknownBatch(`a batch ${named}, where ${batchVersion} is spoken`)
  }
  const isBatch = typeof relay === 'string' && typeof isFirst === 'boolean'
  if (!isBatch || !isCount(epoch) || !isCount(n) || !Array.isArray(items)) {
    throw new TypeError('these bytes hold no batch')
  }
  return { relay, epoch, n, isFirst, items }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value)
