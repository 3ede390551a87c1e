/**
 * The state as bytes that may be shared and kept: patches and full states are copied out of the
 * encoder's buffer, which the next encoding overwrites (stock Colyseus hands that buffer out).
 */
import { Protocol, SchemaSerializer } from '@colyseus/core'
import type { Schema } from '@colyseus/schema'
import { websocketFrame } from './wire.ts'

export class StageSerializer<State extends Schema> extends SchemaSerializer<State> {
  #full: Buffer | undefined

  get hasChanges(): boolean {
    return this.encoder.hasChanges
  }

  /** Changes since the last call as a ready frame, or undefined when there are none. */
  cutPatch(): Buffer | undefined {
    if (!this.encoder.hasChanges) return undefined
    this.#full = undefined
    this.needFullEncode = true
    this.encoder.sharedBuffer[0] = Protocol.ROOM_STATE_PATCH
    const patch = websocketFrame(this.encoder.encode({ offset: 1 }))
    this.encoder.discardChanges()
    return patch
  }

  /** The whole state as a ready frame, encoded once per change. Call after `cutPatch`. */
  fullStateFrame(): Buffer {
    this.#full ??= websocketFrame(this.getFullState())
    return this.#full
  }

  /** The stage sends patches itself; Colyseus must not send them a second time. */
  override applyPatches(): boolean {
    return false
  }
}
