/** Who is seated where, by role and load. */
import { expect, test } from 'vitest'
import type { Place } from './destinations.ts'
import type { RoomEntry } from './open-once.ts'
import { placement, shunnedMs } from './placement.ts'

const place: Place = {
  kind: 'live',
  roomId: 'live_a',
  openWith: { streamId: 'a' },
  mayBeCarried: true,
}
/** The process that is asked, where it carries nobody. */
const here = () => 'w'
const writer = (clients: number) => ({ processId: 'w', clients }) as RoomEntry
const now = () => 0
const loads = (of: Record<string, number>) => {
  const map = new Map(Object.entries(of))
  return { loads: async () => map }
}

test('[REL-10] a small room, its crew, and a lonely process need no relay', async () => {
  const pulse = loads({ w: 10, p: 0 })
  const placed = placement({ pulse, relayFromViewers: 5, now, here })
  expect(await placed.find(place, writer(4))).toBe(place)
  const crew = { ...place, mayBeCarried: false }
  expect(await placed.find(crew, writer(9))).toBe(crew)
  const alone = placement({ pulse: loads({ w: 10 }), relayFromViewers: 5, now, here })
  expect(await alone.find(place, writer(9))).toBe(place)
  const unshared = placement({ pulse: undefined, relayFromViewers: 0, now, here })
  expect(await unshared.find(place, writer(9))).toBe(place)
})

test('[REL-15] the quietest process carries, and seats just given count', async () => {
  const placed = placement({ pulse: loads({ w: 0, p: 3, q: 1 }), relayFromViewers: 0, now, here })
  const seats: (string | undefined)[] = []
  for (let n = 0; n < 6; n += 1) seats.push((await placed.find(place, writer(9))).openIn)
  expect(seats).toEqual(['q', 'q', 'p', 'q', 'p', 'q'])
  expect(await placed.find(place, writer(9))).toMatchObject({
    kind: 'relay',
    roomId: 'live_a_r_p',
    openWith: { kind: 'live', writerId: 'live_a', openWith: { streamId: 'a' }, processId: 'p' },
  })
})

test('[REL-28] a process that did not answer carries nobody for a while, unless there is no other', async () => {
  let atMs = 0
  const pulse = loads({ w: 0, p: 0, q: 100 })
  const placed = placement({ pulse, relayFromViewers: 0, now: () => atMs, here })
  const carrier = async () => (await placed.find(place, writer(9))).openIn
  placed.shun('p')
  expect([await carrier(), await carrier()]).toEqual(['q', 'q'])
  placed.shun('q')
  expect(await carrier()).toBe('p')
  placed.answered('q')
  expect(await carrier()).toBe('q')
  placed.shun('q')
  atMs = shunnedMs
  expect(await carrier()).toBe('p')
})

test('[REL-28] a process that is passed by carries nobody this time, unless there is no other', async () => {
  const pulse = loads({ w: 0, p: 0, q: 100 })
  const placed = placement({ pulse, relayFromViewers: 0, now, here })
  const carrier = async (...passBy: string[]) =>
    (await placed.find(place, writer(9), new Set(passBy))).openIn
  expect(await carrier('p')).toBe('q')
  expect(await carrier('p', 'q')).toBe('p')
  expect(await carrier()).toBe('p')
})

test('[REL-15] the process that was asked carries them itself while it is about as quiet', async () => {
  const asked = async (of: Record<string, number>, here = () => 'p') => {
    const placed = placement({ pulse: loads(of), relayFromViewers: 0, now, here })
    return (await placed.find(place, writer(9))).openIn
  }
  expect(await asked({ w: 0, p: 110, q: 100 })).toBe('p')
  expect(await asked({ w: 0, p: 111, q: 100 })).toBe('q')
  // One that is about to end takes nobody, and neither does the writer's.
  expect(await asked({ w: 0, q: 100 })).toBe('q')
  expect(await asked({ w: 0, p: 111, q: 100 }, () => 'w')).toBe('q')
})

test('[REL-15] a crowd is shared by those it comes to, however quiet somebody else is', async () => {
  const carriers = async (of: Record<string, number>, at: string) => {
    const placed = placement({ pulse: loads(of), relayFromViewers: 0, now, here: () => at })
    const seats = new Map<string, number>()
    for (let n = 0; n < 300; n += 1) {
      const { openIn = '' } = await placed.find(place, writer(9))
      seats.set(openIn, (seats.get(openIn) ?? 0) + 1)
    }
    return Object.fromEntries(seats)
  }
  expect(await carriers({ w: 0, p: 5_000, q: 0 }, 'p')).toEqual({ q: 64, p: 236 })
  // The writer's process carries nobody: it sends to all.
  const { p = 0, q = 0 } = await carriers({ w: 0, p: 5_000, q: 0 }, 'w')
  expect([p, q]).toEqual([64, 236])
  expect(await carriers({ w: 0, p: 5_000, q: 0, r: 5_000 }, 'w')).toMatchObject({ p: 64, r: 64 })
})
