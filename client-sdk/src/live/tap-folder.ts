/** Folds fast taps on a reaction into few messages, so that a happy thumb is not "too fast". */
import { type ReactionKind, reactionLimits, type ReactionReply } from '@odeon/rooms/protocol'
import type { World } from '../world.ts'

/** Long enough to stay below the room's rate, short enough not to be felt. */
const foldMs = 150

type SendReaction = (reaction: { kind: ReactionKind; count: number }) => Promise<ReactionReply>

interface Fold {
  count: number
  reply: Promise<ReactionReply>
}

export class TapFolder {
  readonly #world: World
  readonly #send: SendReaction
  readonly #open = new Map<ReactionKind, Fold>()

  constructor(world: World, send: SendReaction) {
    this.#world = world
    this.#send = send
  }

  tap(kind: ReactionKind): Promise<ReactionReply> {
    const open = this.#open.get(kind)
    if (open !== undefined && open.count < reactionLimits.countMax) {
      open.count += 1
      return open.reply
    }
    const fold: Fold = { count: 1, reply: this.#later(() => this.#close(kind, fold)) }
    this.#open.set(kind, fold)
    // A tap nobody waits for may fail unheard; whoever awaits it still hears.
    fold.reply.catch(() => undefined)
    return fold.reply
  }

  #close(kind: ReactionKind, fold: Fold): Promise<ReactionReply> {
    if (this.#open.get(kind) === fold) this.#open.delete(kind)
    return this.#send({ kind, count: fold.count })
  }

  #later(run: () => Promise<ReactionReply>): Promise<ReactionReply> {
    return new Promise((resolve, reject) => {
      this.#world.after(foldMs, () => void run().then(resolve, reject))
    })
  }
}
