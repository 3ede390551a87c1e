import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type Heard, PeerWatch, sharesMax } from './peer-watch.ts'
import { kitLimits } from './protocol.ts'

/** That a slice gets done, however slow the machine. */
const sliceSocketsLeast = kitLimits.sliceLookEverySockets

class TestPeer {
  heardBytes = 0
  queuedBytes = 0
  pings = 0
  answers = true
  readonly heard: Heard = { at: 0, bytes: 0 }

  ping(): void {
    this.pings += 1
    if (this.answers) this.heardBytes += 6
  }
}

/** Plays so many seconds; returns who was cut in which. Much work is done in many slices. */
async function play(peers: TestPeer[], seconds: number, each: (second: number) => void) {
  const cut = new Map<TestPeer, number>()
  let second = 0
  const watch = new PeerWatch<TestPeer>((peer) => void cut.set(peer, second))
  for (const peer of peers) watch.add(peer)
  for (second = 1; second <= seconds; second += 1) {
    each(second)
    watch.check(second * 1_000)
    const slices = peers.length / sliceSocketsLeast
    for (let turn = 0; turn < slices; turn += 1) await nextTurn()
  }
  return cut
}

it('[KIT-18] who does not answer a ping is cut within a minute, whenever they died, nobody else', async () => {
  for (let diesAt = 100; diesAt < 160; diesAt += 1) {
    const [listens, speaks, dies, reads] = [0, 1, 2, 3].map(() => new TestPeer()) as [
      TestPeer,
      TestPeer,
      TestPeer,
      TestPeer,
    ]
    reads.answers = false
    reads.queuedBytes = 1
    speaks.answers = false
    const cut = await play([listens, speaks, dies, reads], 600, (second) => {
      speaks.heardBytes += 1
      if (second < diesAt) dies.heardBytes += 1
      else dies.answers = false
    })
    expect([...cut.keys()]).toEqual([dies])
    expect(cut.get(dies)).toBeLessThanOrEqual(diesAt + 60)
    expect(listens.pings).toBeGreaterThan(0)
  }
})

it('[KIT-18] an audience that came at once is pinged over time, and all of it is', async () => {
  const peers = Array.from({ length: 10_000 }, () => new TestPeer())
  const pingsBy = [0]
  const cut = await play(
    peers,
    200,
    () => void pingsBy.push(peers.reduce((n, { pings }) => n + pings, 0)),
  )
  const perSecond = pingsBy.slice(1).map((pings, at) => pings - (pingsBy[at] as number))
  const evenShare = (peers.length * 1_000) / kitLimits.pingEveryMs
  expect(cut.size).toBe(0)
  const [first, last] = [pingsBy.findIndex((n) => n > 0), pingsBy.indexOf(peers.length)]
  expect(last - first).toBeLessThanOrEqual(Math.ceil(kitLimits.pingEveryMs / 1_000 / sharesMax))
  expect(Math.max(...perSecond)).toBeLessThanOrEqual(Math.ceil(evenShare * sharesMax))
  expect(Math.min(...peers.map(({ pings }) => pings))).toBeGreaterThanOrEqual(2)
})

it('[KIT-18] behind a standstill nobody is cut whose answer lies unread', () => {
  const cut: TestPeer[] = []
  const watch = new PeerWatch<TestPeer>((peer) => void cut.push(peer))
  const [answers, dead] = [new TestPeer(), new TestPeer()]
  for (const peer of [answers, dead]) {
    peer.answers = false
    watch.add(peer)
  }
  let second = 0
  const pass = (seconds: number) => {
    for (const until = second + seconds; second < until; ) watch.check((second += 1) * 1_000)
  }
  pass(50)
  expect([answers.pings, dead.pings]).toEqual([1, 1])
  second += 60
  pass(1)
  expect(cut).toEqual([])
  answers.heardBytes += 6
  pass(3)
  expect(cut).toEqual([dead])
})
