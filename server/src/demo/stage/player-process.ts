/**
 * The process that plays the demo's parts: pictures are painted and encoded here, beside the rooms
 * and never in their way. It ends with the house.
 */
import { constants, setPriority } from 'node:os'
import type { Order, Word } from './orders.ts'
import { type Playing, playPart } from './play-part.ts'

const leaveMsMax = 1_500
const playing = new Map<string, Playing>()
/** Told to leave before they were on. */
const unwanted = new Set<string>()
const tell = (word: Word) => process.send?.(word)
const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
// Not every machine can have it: it is a program of its own for each kind.
const rtc = import('@livekit/rtc-node')
rtc.catch((error: unknown) => tell({ is: 'missing', why: textOf(error) }))

process.on('message', (order: Order) => void obey(order))
process.on('disconnect', () => {
  setTimeout(() => process.exit(0), leaveMsMax)
  void Promise.allSettled([...playing.values()].map((one) => one.leave())).then(() =>
    process.exit(0),
  )
})

async function obey(order: Order): Promise<void> {
  const { id } = order
  try {
    if (order.do === 'begin') {
      const over = (why: string) => {
        playing.delete(id)
        tell({ is: 'over', id, why })
      }
      const one = await playPart(await rtc, order, over)
      if (unwanted.delete(id)) return await one.leave()
      playing.set(id, one)
      tell({ is: 'on', id })
    } else if (order.do === 'speak') playing.get(id)?.speak(order.isSpeaking)
    else {
      const one = playing.get(id)
      if (!playing.delete(id)) unwanted.add(id)
      await one?.leave()
    }
  } catch (error) {
    unwanted.delete(id)
    tell({ is: 'over', id, why: textOf(error) })
  }
}
