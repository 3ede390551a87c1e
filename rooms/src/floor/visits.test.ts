// Visits from another room: over by their time and with the sign-in that asked for them.
import { expect, it } from 'vitest'
import { isVisit, mediaIdentity, mediaLimits, mediaTab, visitTab } from '../media/protocol.ts'
import { visitName, Visits } from './visits.ts'

const at = 1_790_000_000_000
const visit = (sid: string, now = at) =>
  mediaIdentity('ann', visitTab(visitName({ sid, tab: 'a', now })))
const lasts = (visits: Visits, identity: string, now = at + 1_000) =>
  visits.lasts('ann', identity, now)

it('[BTL-11] a visit lasts its time, and is no other name', () => {
  const visits = new Visits()
  const phone = visit('phone')
  expect([isVisit(phone), mediaTab.safeParse(phone.slice('ann_'.length)).success]).toEqual([
    true,
    true,
  ])
  expect(lasts(visits, phone, at + mediaLimits.visitMs - 1_000)).toBe(true)
  expect(lasts(visits, phone, at + mediaLimits.visitMs)).toBe(false)
  for (const other of [
    'ann_visit',
    'ann_visita',
    `${phone}#x`,
    `${phone}x`,
    'ann_visit----------',
  ]) {
    expect([other, lasts(visits, other)]).toEqual([other, false])
  }
})

it('[BTL-11] a visit ends with its sign-in, and with all of its person’s', () => {
  const visits = new Visits()
  const [phone, desk] = [visit('phone'), visit('desk')]
  visits.signedOut('ann', 'phone', at + 1_000)
  expect([phone, desk].map((one) => lasts(visits, one))).toEqual([false, true])
  visits.signedOut('ann', undefined, at + 1_000)
  expect(lasts(visits, desk)).toBe(false)
  expect(lasts(visits, visit('anew', at + 3_000), at + 4_000)).toBe(true)
  // By then none of them is left.
  visits.beat(at + 1_000 + mediaLimits.visitMs)
  expect(lasts(visits, phone, at + 1_000 + mediaLimits.visitMs)).toBe(false)
})
