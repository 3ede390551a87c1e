/** Treasure boxes in live rooms as unmodified Colyseus clients meet them; some are killed. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { LiveState } from '../live/state.ts'
import { type CarriedHouse, carriedHouse } from '../testing/carried-house.ts'
import type { Joined } from '../testing/room-server.ts'
import {
  type TreasureClaimReply,
  type TreasureDrawn,
  type TreasureFundReply,
  treasureLimits,
} from './protocol.ts'

let house: CarriedHouse
beforeAll(async () => {
  house = await carriedHouse()
})
afterAll(() => house.stop())

/** For machines that are busy with other things. */
const patient = { timeout: 15_000, interval: 20 }
let asked = 0
const ask = ({ room }: Joined, command: string, message: object = {}) =>
  room.request(command, { requestId: `request-${(asked += 1)}`, ...message })
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { reason?: { code?: string } }) => error.reason?.code,
  )
const boxIn = ({ room }: Joined) => (room.state as LiveState).treasure
const luckyIn = (one: Joined) =>
  boxIn(one)
    .lucky.toArray()
    .map(({ id, coins }) => ({ id, coins }))
const inPhase = (phase: string, ...all: Joined[]) =>
  vi.waitFor(
    () => expect(all.map((one) => boxIn(one).phase)).toEqual(all.map(() => phase)),
    patient,
  )
const drawnOf = ({ told }: Joined) =>
  told.flatMap(({ type, payload }) =>
    type === 'treasure.drawn' ? [payload as unknown as TreasureDrawn] : [],
  )
const kept = (id: string, wanted: string) =>
  (house.ports.archive.records.get(`live_${id}`) ?? []).filter(({ type }) => type === wanted)

const terms = { coins: 90, shares: 2, opensInSeconds: 60, openSeconds: 30 }

/** A box with `terms`, and people at the relay who were there before. */
async function filled(...names: string[]) {
  const room = await house.open('a')
  const hostId = 'host'
  house.ports.gifts.balances.set(hostId, 1_000)
  for (const name of names) house.ports.gifts.balances.set(name, 0)
  const people = await Promise.all(names.map((name) => room.at('a', name)))
  const reply = (await ask(room.host, 'treasure.fund', terms)) as TreasureFundReply
  return { room, people, reply, boxId: reply.boxId }
}

/** It opens or ends now; its room sees that with its next look. */
function move(boxId: string, times: { opensAt?: number; endsAt?: number }) {
  const { boxes } = house.ports.treasures
  const box = boxes.get(boxId)
  if (box === undefined) throw new Error('no box')
  boxes.set(boxId, { ...box, ...times })
}
const claim = (one: Joined, boxId: string, luck = 'four-leaved') =>
  ask(one, 'treasure.claim', { boxId, luck }) as Promise<TreasureClaimReply>
const balanceOf = (id: string) => house.ports.gifts.balances.get(id)

it('[TRE-02] [TRE-03] [TRE-05] [TRE-07] at a relay, too: filled, claimed, drawn; who may not, is told why', async () => {
  const { room, people, reply, boxId } = await filled('ann', 'bob', 'cia')
  const [ann, bob, cia] = people as [Joined, Joined, Joined]
  expect(reply).toMatchObject({ coins: 90, shares: 2, balanceCoins: 910 })
  await inPhase('waiting', room.host, ann, bob)
  expect(boxIn(ann)).toMatchObject({ coins: 90, shares: 2, byId: 'host', claims: 0 })
  expect(await codeOf(ask(room.host, 'treasure.fund', terms))).toBe('box_there')
  expect(await codeOf(claim(ann, boxId))).toBe('box_not_open')

  move(boxId, { opensAt: Date.now() })
  await inPhase('open', room.host, ann, bob)
  const late = await room.at('a', 'late')
  expect(await codeOf(claim(late, boxId))).toBe('came_later')
  expect(await codeOf(claim(room.host, boxId))).toBe('own_box')
  expect(await codeOf(claim(ann, 'another'))).toBe('no_box')
  await ask(room.host, 'member.timeout', { userId: 'bob', seconds: 600, reason: 'loud' })
  expect(await codeOf(claim(bob, boxId))).toBe('timed_out')
  // Two devices at once, and the first again.
  const second = await room.at('a', 'ann')
  const both = [codeOf(claim(ann, boxId, 'phone')), codeOf(claim(second, boxId, 'desk'))]
  expect(new Set(await Promise.all(both))).toEqual(new Set(['already_claimed', 'ok']))
  expect(await codeOf(claim(ann, boxId, 'again'))).toBe('already_claimed')
  await claim(cia, boxId)
  await vi.waitFor(() => expect(boxIn(bob).claims).toBe(2), patient)
  // What it is drawn by is in nothing that anybody is sent, and nobody's luck is.
  const sent = JSON.stringify([room.host, ann, bob].map((one) => [one.told, one.room.state]))
  expect(sent).toContain(boxIn(bob).commitment)
  expect(sent).not.toMatch(/seed of|four-leaved/)

  move(boxId, { endsAt: Date.now() - treasureLimits.tallyMs })
  await inPhase('drawn', room.host, ann, late)
  const given = luckyIn(late).reduce((sum, { coins }) => sum + coins, 0)
  expect(given + boxIn(late).returnedCoins).toBe(90)
  expect(
    luckyIn(late)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['ann', 'cia'])
  for (const { id, coins } of luckyIn(late)) expect(balanceOf(id)).toBe(coins)
  expect(balanceOf('host')).toBe(1_000 - given)
  expect(drawnOf(late)).toMatchObject([{ boxId, claims: 2, givenCoins: given }])
  expect(kept(room.id, 'treasure.funded')).toHaveLength(1)
})

it('[TRE-09] behind a kill nobody who was there came later, known to a snapshot or not', async () => {
  const { room, boxId } = await filled()
  const ann = await house.server.join(room.id, 'user:ann')
  move(boxId, { opensAt: Date.now() })
  await inPhase('open', ann)
  await room.kill()
  await house.server.reopen(room.id)
  const again = await house.server.join(room.id, 'user:ann')
  await inPhase('open', again)
  expect(await claim(again, boxId)).toMatchObject({ boxId })
})

it('[TRE-05] a stream that ends takes its box along: all of it is back', async () => {
  const { room, people, boxId } = await filled('ann')
  const [ann] = people as [Joined]
  await inPhase('waiting', ann)
  await ask(room.host, 'stream.end')
  expect(await codeOf(claim(ann, boxId))).toBe('not_live')
  await inPhase('drawn', ann)
  expect(drawnOf(ann)).toMatchObject([{ lucky: [], givenCoins: 0, returnedCoins: 90 }])
  expect(balanceOf('host')).toBe(1_000)
})

it('[TRE-09] a room that is killed while a box is open: who claimed has, who was there may', async () => {
  const { room, people, boxId } = await filled('dan', 'eve')
  const [dan, eve] = people as [Joined, Joined]
  move(boxId, { opensAt: Date.now() })
  await inPhase('open', dan, eve)
  const ticket = await claim(dan, boxId)
  await room.kill()
  await vi.waitUntil(() => house.server.room(room.id) !== undefined, patient)
  expect(await claim(dan, boxId)).toEqual(ticket)
  expect(await codeOf(claim(dan, boxId, 'another'))).toBe('already_claimed')
  await claim(eve, boxId)
  move(boxId, { endsAt: Date.now() - treasureLimits.tallyMs })
  await inPhase('drawn', dan, eve)
  expect(drawnOf(eve)).toMatchObject([{ claims: 2 }])
  expect(kept(room.id, 'treasure.funded')).toHaveLength(1)
  expect(kept(room.id, 'treasure.drawn')).toHaveLength(1)
})
