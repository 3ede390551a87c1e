import type { GiftSent, LiveEvents, LogItem } from '@odeon/sdk'
import { expect, test } from 'vitest'
import { linesOf } from './chat-feed.ts'
import { ChatLog } from './chat-log.ts'
import { lineOf } from './lines.ts'

const from = { id: 'ann', name: 'Ann', role: 'viewer' } as const

function sent(seq: number, comboId: string, comboUnits: number, quantity = 1): GiftSent {
  const gift = { id: `t${seq}`, n: seq, giftId: 'kite', quantity, coins: quantity * 100 }
  return { seq, at: seq, from, ...gift, comboId, comboUnits }
}
const item = (gift: GiftSent) => ({ type: 'gift.sent', ...gift }) as LogItem<LiveEvents>
const gift = (...args: Parameters<typeof sent>) => lineOf['gift.sent'](sent(...args))
const said = (seq: number) =>
  lineOf['chat.posted']({ seq, at: seq, id: `e${seq}`, from, text: `line ${seq}` })
const shown = (log: ChatLog) =>
  log.lines.map((line) => (line.kind === 'gift' ? `${line.units} for ${line.coins}` : line.key))

test('[WEB-186] a combo is one line that counts up where its first gift came', () => {
  const log = new ChatLog()
  log.add([said(1), gift(2, 'a', 3, 3)])
  log.add([said(3), gift(4, 'a', 4), gift(5, 'b', 1), gift(6, 'a', 5)])
  expect(shown(log)).toEqual(['e1', '5 for 500', 'e3', '1 for 100'])
  expect(log.total).toBe(4)
})

test('[WEB-186] whoever reads older lines is told of a combo once', () => {
  const log = new ChatLog()
  log.add([said(1)])
  log.stopFollowing()
  log.add([gift(2, 'a', 1)])
  log.add([gift(3, 'a', 2)])
  expect([log.unread, shown(log)]).toEqual([1, ['e1', '2 for 200']])
})

test('[WEB-186] of a page of history each combo is one line', () => {
  const lines = linesOf([1, 2, 3].map((seq) => item(sent(seq, 'a', seq))))
  expect(lines).toMatchObject([{ key: 'ca', seq: 1, units: 3 }])
})

test('[WEB-186] history goes on behind a combo that began before it', () => {
  const log = new ChatLog()
  log.add([gift(50, 'a', 9), said(51)])
  log.addOlder(linesOf([40, 41].map((seq) => item(sent(seq, 'a', seq - 39)))))
  expect(shown(log)).toEqual(['9 for 900', 'e51'])
  // Otherwise the same page would be read for ever.
  expect(log.oldestSeq).toBe(40)
})

test('[WEB-186] throne, train and goal are told in a line each, what is taken away is not', () => {
  const at = { seq: 1, at: 1 }
  expect(lineOf['throne.claimed']({ ...at, by: null, coins: 0 })).toBeNull()
  expect(lineOf['throne.claimed']({ ...at, by: from, coins: 5 })).toMatchObject({ name: 'Ann' })
  const goal = { ...at, title: '', targetCoins: 0, isReached: false }
  expect(lineOf['goal.changed'](goal)).toBeNull()
  expect(lineOf['goal.changed']({ ...goal, targetCoins: 9 })).toMatchObject({ kind: 'goal' })
  const moved = { ...at, what: 'levelled', level: 2, coins: 1_200, supporters: 3 } as const
  expect(lineOf['train.moved'](moved)).toMatchObject({ kind: 'train', level: 2 })
})
