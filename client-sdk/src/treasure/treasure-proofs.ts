/** What it takes to work out the draw of a treasure box again: `odeon.treasures`. */
import type { TreasureProof } from '@odeon/rooms/protocol'
import type { Session } from '../auth/session.ts'

export class TreasureProofs {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  /**
   * Rules and commitment of a box; seed and tickets once it is drawn. `isTreasureProven` works it
   * out again. Refused with `no_box`.
   */
  proof(boxId: string): Promise<TreasureProof> {
    return this.#session.send({ method: 'GET', path: `/v1/treasures/${encodeURIComponent(boxId)}` })
  }
}
