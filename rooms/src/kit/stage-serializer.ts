/**
 * The state as bytes that may be shared and kept: patches and full states are copied out of the
 * encoder's buffer, which the next encoding overwrites (stock Colyseus hands that buffer out).
 */
import { type Client, Protocol, SchemaSerializer } from '@colyseus/core'
import { type Schema, StateView } from '@colyseus/schema'
import type { AudienceClasses } from './audience-class.ts'
import { websocketFrame } from './wire.ts'

const noPatches: ReadonlyMap<string, Buffer> = new Map()
const protocolBytes = 1
const partsPerEpoch = 1_000_000

export class StageSerializer<State extends Schema> extends SchemaSerializer<State> {
  #classes: AudienceClasses<State> = {}
  #views: Map<string, StateView> | undefined
  /** Whole states since the last change, by class; under `''` what everybody sees. */
  readonly #full = new Map<string, Buffer>()
  #classPatches = noPatches

  /** Call before the first patch. */
  show(classes: AudienceClasses<State>): void {
    this.#classes = classes
  }

  /**
   * Numbers what is added to the state from now on by the epoch. Whoever reads on behind another
   * writer knows that one's parts by their numbers, and would take ours for those.
   */
  number(epoch: number): void {
    const root = this.encoder.root as unknown as { nextUniqueId: number }
    root.nextUniqueId = Math.max(root.nextUniqueId, epoch * partsPerEpoch)
  }

  get hasChanges(): boolean {
    return this.encoder.hasChanges
  }

  /** What the last patch holds for one class alone, as ready frames by its name. */
  get classPatches(): ReadonlyMap<string, Buffer> {
    return this.#classPatches
  }

  /** Changes since the last call as a ready frame, or undefined when there are none. */
  cutPatch(): Buffer | undefined {
    this.#classPatches = noPatches
    if (!this.encoder.hasChanges) return undefined
    this.#full.clear()
    this.needFullEncode = true
    this.encoder.sharedBuffer[0] = Protocol.ROOM_STATE_PATCH
    const shared = this.encoder.encode({ offset: protocolBytes })
    const patch = shared.byteLength > protocolBytes ? websocketFrame(shared) : undefined
    const views = this.#openViews()
    if (views.size > 0) this.#classPatches = this.#cutClasses(views)
    this.encoder.discardChanges()
    return patch
  }

  /**
   * The whole state as a ready frame, with what a class sees of its own; encoded once per change.
   * Call after `cutPatch`.
   */
  fullStateFrame(audience = ''): Buffer {
    let full = this.#full.get(audience)
    if (full === undefined) {
      const view = this.#openViews().get(audience)
      full = websocketFrame(this.getFullState(view && ({ view } as Client)))
      this.#full.set(audience, full)
    }
    return full
  }

  /** The stage sends patches itself; Colyseus must not send them a second time. */
  override applyPatches(): boolean {
    return false
  }

  /** Once for each class, however many belong to it. */
  #cutClasses(views: ReadonlyMap<string, StateView>): ReadonlyMap<string, Buffer> {
    const patches = new Map<string, Buffer>()
    for (const [name, view] of views) {
      const own = this.encoder.encodeView(view, protocolBytes, { offset: protocolBytes })
      if (own.byteLength > protocolBytes) patches.set(name, websocketFrame(own))
    }
    return patches
  }

  /** Views know only what belongs to a state that is encoded already. */
  #openViews(): ReadonlyMap<string, StateView> {
    if (this.#views === undefined) {
      this.#views = new Map()
      for (const [name, show] of Object.entries(this.#classes)) {
        const view = new StateView()
        show(view, this.encoder.state)
        this.#views.set(name, view)
      }
    }
    return this.#views
  }
}
