// Which sign-in let which connection in: none has another's, and what is forgotten opens no door.
import { expect, it } from 'vitest'
import { mediaLimits, mediaTab } from '../media/protocol.ts'
import { floorLimits } from './protocol.ts'
import { TicketSignIns } from './ticket-sign-ins.ts'

function kept() {
  const signIns = new TicketSignIns()
  const ticket = (sid: string, tab: string, userId = 'ann') =>
    signIns.ticketed(userId, { tab, sid, now: 0 })
  const end = (sid?: string, isHere = true) => signIns.signedOut('ann', { sid, isHere, now: 0 })
  const lets = (name: string | undefined, now = 1) =>
    signIns.lets('ann', name ?? 'it has none', now)
  return { signIns, ticket, end, lets }
}

it('[AUD-17] connections end with the sign-in that let them in, the others stay', () => {
  const { signIns, ticket, end, lets } = kept()
  const [a, b, c] = [ticket('phone', 'a'), ticket('phone', 'b'), ticket('desk', 'c')]
  for (const name of [a, b, c])
    expect([mediaTab.safeParse(name).success, lets(name)]).toEqual([true, true])
  end('nobody')
  end('phone')
  expect([a, b, c].map((name) => lets(name))).toEqual([false, false, true])
  // Somebody who asks late, by a relay.
  expect([ticket('phone', 'd'), ticket('desk', 'c')]).toEqual([undefined, c])
  signIns.handedOn('ann', { from: 'desk', to: 'laptop' })
  end('desk')
  expect(lets(c)).toBe(true)
  end('laptop')
  expect(lets(c)).toBe(false)
})

it('[AUD-20] no sign-in has the name of another, whichever tab it says', () => {
  const { ticket, end, lets } = kept()
  const [victim, thief] = [ticket('desk', 'a'), ticket('stolen', 'a')]
  expect(victim).not.toBe(thief)
  // Asked again, as by a window that is loaded again, it is the same.
  expect(ticket('desk', 'a')).toBe(victim)
  end('stolen')
  expect([lets(victim), lets(thief)]).toEqual([true, false])
})

it('[AUD-20] nobody is let in by a name that no sign-in of theirs has, or a varied one', () => {
  const { signIns, ticket, end, lets } = kept()
  const name = ticket('phone', 'a') as string
  for (const other of ['', 'a', `${name}#x`, `${name}x`, 'sabcdefghi123456', name.toUpperCase()]) {
    expect([other, lets(other)]).toEqual([other, false])
  }
  expect(signIns.lets('bob', name, 1)).toBe(false)
  // Whoever leaves and comes again needs a ticket anew, ended or not.
  signIns.left('ann')
  expect(lets(name)).toBe(false)
  end('phone', false)
  expect(lets(name)).toBe(false)
})

it('[AUD-20] a sign-in that asks for many tickets ends with all of them; four sign-ins at most', () => {
  const { ticket, end, lets } = kept()
  const all = Array.from({ length: 40 }, (_, at) => ticket('stolen', `t${at}`))
  end('stolen')
  expect(all.some((name) => lets(name))).toBe(false)
  const names = Array.from({ length: mediaLimits.tabsPerPersonMax + 1 }, (_, at) =>
    ticket(`sid${at}`, 'a'),
  )
  expect(names.map((name) => lets(name))).toEqual([false, ...names.slice(1).map(() => true)])
})

it('[AUD-17] whom an earlier process let in stays until their own sign-in ends', () => {
  const { signIns, ticket, end, lets } = kept()
  signIns.hold()
  const before = kept()
  const [phone, desk, tablet] = ['phone', 'desk', 'tablet'].map((sid) => before.ticket(sid, 'a'))
  expect([phone, desk, tablet].every((name) => lets(name))).toBe(true)
  expect([lets('a'), lets(`${desk}#x`)]).toEqual([true, false])
  // Also of whoever is not in the room at that moment.
  end('phone', false)
  signIns.handedOn('ann', { from: 'desk', to: 'laptop' })
  expect([phone, desk, tablet].map((name) => lets(name))).toEqual([false, true, true])
  end('laptop')
  expect(lets(desk)).toBe(false)
  end()
  expect([lets(tablet), lets('a'), lets(ticket('anew', 'a'))]).toEqual([false, false, true])
  signIns.beat(floorLimits.goneKeptMs)
  // By then no ticket of theirs lets anybody in.
  expect(lets(tablet, floorLimits.goneKeptMs)).toBe(true)
})

it('[AUD-20] of thousands of sign-ins that ended in a room that was taken over the newest are known', () => {
  const { signIns, end, lets } = kept()
  signIns.hold()
  const name = kept().ticket('phone', 'a')
  end('phone')
  for (let count = 1; count < floorLimits.endedSignInsKeptMax; count += 1) end(`sid${count}`)
  expect(lets(name)).toBe(false)
  end('one more')
  expect(lets(name)).toBe(true)
})
