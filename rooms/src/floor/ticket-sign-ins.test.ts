// Which sign-in let which connection in: as many as one person may have, and not for ever.
import { expect, it } from 'vitest'
import { floorLimits } from './protocol.ts'
import { TicketSignIns } from './ticket-sign-ins.ts'

it('[AUD-17] connections end with the sign-in that let them in, until another lets them in', () => {
  const signIns = new TicketSignIns()
  for (const tab of ['a', 'b']) signIns.ticketed('ann', tab, 'phone')
  signIns.ticketed('ann', 'c', 'desk')
  expect(signIns.signedOut('ann', 'nobody', 0)).toBe(false)
  signIns.ticketed('ann', 'b', 'desk')
  expect(signIns.signedOut('ann', 'phone', 0)).toBe(true)
  const ended = () => ['ann_a', 'ann_b', 'ann_c'].filter((one) => signIns.isEnded(one, 1))
  expect(ended()).toEqual(['ann_a'])
  signIns.handedOn('ann', { from: 'desk', to: 'laptop' })
  expect(signIns.signedOut('ann', 'desk', 0)).toBe(false)
  expect(signIns.signedOut('ann', 'laptop', 0)).toBe(true)
  expect(ended()).toEqual(['ann_a', 'ann_b', 'ann_c'])
  signIns.ticketed('ann', 'a', 'anew')
  expect(ended()).toEqual(['ann_b', 'ann_c'])
  signIns.beat(floorLimits.goneKeptMs)
  expect(ended()).toEqual([])
})

it('[AUD-17] of thousands that ended the newest are known, of one person the newest tabs', () => {
  const signIns = new TicketSignIns()
  for (const tab of ['a', 'b', 'c', 'd', 'e']) signIns.ticketed('ann', tab, 'phone')
  signIns.signedOut('ann', 'phone', 0)
  expect(['a', 'b', 'e'].map((tab) => signIns.isEnded(`ann_${tab}`, 1))).toEqual([
    false,
    true,
    true,
  ])
  for (let count = 0; count < floorLimits.endedTabsKeptMax; count += 1) {
    signIns.ticketed(`${count}`, 'a', 'phone')
    signIns.signedOut(`${count}`, 'phone', 0)
  }
  expect([signIns.isEnded('ann_e', 1), signIns.isEnded('0_a', 1)]).toEqual([false, true])
})
