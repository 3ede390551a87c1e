import { TokenRefused } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { keepSeat } from './keep-seat.ts'
import type { Seat } from './protocol.ts'

test('[RUN-78] whoever is signed out while a seat is looked for has none', async () => {
  const given: string[] = []
  const seat = { sessionId: 'one' } as Seat
  const live = new Set(['Bearer good'])
  const keep = (authorization?: string) =>
    keepSeat(seat, {
      authenticate: async (token) => {
        if (!live.has(`Bearer ${token}`)) throw new TokenRefused('signed out')
        return { userId: 'ann', name: 'Ann', kind: 'account', platformRole: 'user', sid: 's' }
      },
      desk: { giveUp: ({ sessionId }, userId) => void given.push(`${sessionId} ${userId}`) },
      authorization,
      ip: '192.0.2.1',
      userId: 'ann',
    })
  expect(await keep('Bearer good')).toBe(seat)
  // Where nobody has to sign in.
  expect(await keep()).toBe(seat)
  live.clear()
  await expect(keep('Bearer good')).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(given).toEqual(['one ann'])
})
