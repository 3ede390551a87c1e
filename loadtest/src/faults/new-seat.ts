/** Somebody who was never there asks for a seat: after a fault, or while it lasts. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal, Unavailable } from '@odeon/sdk'
import type { Run } from '../load/assemble.ts'

const seatAgainMs = 250
const seatMsMax = 20_000

/** Until somebody new is in, from `fromMs` on; undefined when nobody would seat them. */
export async function newSeat(run: Run, fromMs: number): Promise<number | undefined> {
  for (;;) {
    try {
      const member = await run.room.join('a newcomer', run.ledger)
      const tookMs = performance.now() - fromMs
      await member.leave()
      return tookMs
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof Unavailable)) throw error
      if (performance.now() - fromMs > seatMsMax) return undefined
      await sleep(error.retryAfterMs ?? seatAgainMs)
    }
  }
}

/** What somebody new hears who asks once: the code of the refusal, or what else became of it. */
export async function askForSeat(run: Run): Promise<string> {
  try {
    const member = await run.room.join('somebody early', run.ledger)
    await member.leave()
    return 'a seat'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    if (error instanceof Unavailable) return error.reason
    throw error
  }
}
