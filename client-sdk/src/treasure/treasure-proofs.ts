/** Draws of treasure boxes, to be worked out again: `odeon.treasures`. */
import { isTreasureProven, type TreasureProof } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'

export class TreasureProofs {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /** Rules and commitment; seed and tickets once it is drawn. Refused with `no_box`. */
  proof(boxId: string): Promise<TreasureProof> {
    return this.#session.send({ method: 'GET', path: `/v1/treasures/${encodeURIComponent(boxId)}` })
  }

  /**
   * Works out the draw again, here. `commitment` is the one that was told when the box was filled:
   * a proof for another one does not count. In browsers it takes a secure page.
   */
  async isProven(proof: TreasureProof, commitment: string): Promise<boolean> {
    return proof.commitment === commitment && (await isTreasureProven(proof))
  }
}
