/** Loaded into a server before its own code: live rooms there refuse to end, for ever. */
import { Room } from '@colyseus/core'

/** The library calls it when a room is made, before the room opens. */
const inner = Room.prototype as unknown as { __init(): void }
const init = inner.__init

inner.__init = function (this: Room) {
  init.call(this)
  const dispose = this.onDispose?.bind(this)
  this.onDispose = async () => {
    if (this.roomName !== 'live') return await dispose?.()
    process.stderr.write(`${this.roomId} refuses to end\n`)
    await new Promise<never>(() => undefined)
  }
}
