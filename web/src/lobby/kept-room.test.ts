import { Refusal } from '@odeon/sdk'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Keepable, KeptRoom, keptLimits } from './kept-room.ts'

class Room implements Keepable {
  state = { total: 0 }
  connection: Keepable['connection'] = 'live'
  closeReason: string | undefined
  hasLeft = false
  readonly #calls = new Set<() => void>()
  readonly onState = (call: () => void) => this.#add(call)
  readonly onConnection = (call: () => void) => this.#add(call)

  become(connection: Keepable['connection'], closeReason?: string): void {
    this.connection = connection
    this.closeReason = closeReason
    for (const call of this.#calls) call()
  }
  show(total: number): void {
    this.state = { total }
    for (const call of this.#calls) call()
  }
  async leave(): Promise<void> {
    this.hasLeft = true
  }
  #add(call: () => void): () => void {
    this.#calls.add(call)
    return () => void this.#calls.delete(call)
  }
}

let rooms: Room[]
let failures: Error[]
const keep = () =>
  new KeptRoom(async () => {
    const failure = failures.shift()
    if (failure !== undefined) throw failure
    const room = new Room()
    rooms.push(room)
    return room
  })
const turn = (ms = 0) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
  rooms = []
  failures = []
})
afterEach(() => {
  vi.useRealTimers()
})

describe('[LOB-11] pages share one connection to a house room', () => {
  test('entered by the first, left a moment after the last, kept over a quick change', async () => {
    const kept = keep()
    const seen: unknown[] = []
    kept.subscribe(() => seen.push(kept.view().state))
    const [one, two] = [kept.hold('ann'), kept.hold('ann')]
    await turn()
    expect([rooms.length, kept.view().status]).toEqual([1, 'live'])
    rooms[0]!.show(3)
    expect(seen.at(-1)).toEqual({ total: 3 })
    one()
    two()
    const again = kept.hold('ann')
    await turn(keptLimits.lingerMs * 2)
    expect([rooms.length, rooms[0]!.hasLeft]).toEqual([1, false])
    again()
    await turn(keptLimits.lingerMs)
    expect(rooms[0]!.hasLeft).toBe(true)
    expect(kept.view()).toMatchObject({ room: undefined, state: undefined })
  })

  test('another person enters anew, and what was under way for the first is left', async () => {
    const kept = keep()
    kept.hold('visitor')()
    kept.hold('ann')
    await turn()
    expect(rooms.map(({ hasLeft }) => hasLeft)).toEqual([true, false])
    expect(kept.view().room).toBe(rooms[1])
  })

  test('a server that is away is tried again, later and later; what was seen stays', async () => {
    failures = [new Error('away'), new Error('away')]
    const kept = keep()
    kept.hold('ann')
    await turn()
    expect(kept.view().status).toBe('away')
    await turn(keptLimits.retryFirstMs * 3)
    expect(kept.view().status).toBe('live')
    rooms[0]!.show(7)
    rooms[0]!.become('resuming')
    expect(kept.view()).toMatchObject({ status: 'resuming', state: { total: 7 } })
    rooms[0]!.become('closed', 'not_found')
    expect(kept.view()).toMatchObject({ status: 'away', state: { total: 7 } })
    await turn(keptLimits.retryFirstMs)
    expect([rooms.length, kept.view().status]).toEqual([2, 'live'])
  })

  test('a refusal stands until somebody else is here; one that passes is waited for', async () => {
    const refusal = (code: string, retryAfterMs?: number) =>
      new Refusal({ code, message: code, retryAfterMs })
    failures = [refusal('busy', 5_000), refusal('banned')]
    const kept = keep()
    kept.hold('ann')
    await turn(4_900)
    expect([failures.length, kept.view().status]).toEqual([1, 'away'])
    await turn(200)
    expect(kept.view().status).toBe('refused')
    await turn(60_000)
    expect(rooms).toHaveLength(0)
    kept.hold('bob')
    await turn()
    expect(kept.view().status).toBe('live')
  })

  test('a newer tab keeps the place until this one is looked at; a look enters once', async () => {
    const kept = keep()
    kept.hold('ann')
    await turn()
    kept.enterAgain()
    rooms[0]!.become('resuming')
    kept.enterAgain()
    await turn()
    expect(rooms).toHaveLength(1)
    rooms[0]!.become('closed', 'replaced')
    await turn(60_000)
    expect(rooms).toHaveLength(1)
    kept.enterAgain()
    kept.enterAgain()
    await turn()
    expect([rooms.length, kept.view().status]).toEqual([2, 'live'])
  })
})
