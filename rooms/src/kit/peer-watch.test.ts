import { expect, it } from 'vitest'
import { type Heard, PeerWatch } from './peer-watch.ts'
import { kitLimits } from './protocol.ts'

class TestPeer {
  heardBytes = 0
  queuedBytes = 0
  pings = 0
  answers = true
  readonly heard: Heard = { at: 0, bytes: 0, missed: 0 }

  ping(): void {
    this.pings += 1
    if (this.answers) this.heardBytes += 6
  }
}

/** Plays so many seconds; returns who was cut in which. */
function play(peers: TestPeer[], seconds: number, each: (second: number) => void = () => {}) {
  const cut = new Map<TestPeer, number>()
  let second = 0
  const watch = new PeerWatch<TestPeer>((peer) => void cut.set(peer, second))
  for (const peer of peers) watch.add(peer)
  for (second = 1; second <= seconds; second += 1) {
    each(second)
    watch.check(second * 1_000)
  }
  return cut
}

it('[KIT-18] who is silent is pinged; who does not answer is cut within 80 s, nobody else', () => {
  const [listens, speaks, dies, reads] = [0, 1, 2, 3].map(() => new TestPeer()) as [
    TestPeer,
    TestPeer,
    TestPeer,
    TestPeer,
  ]
  reads.answers = false
  reads.queuedBytes = 1
  const diesAt = 100
  const cut = play([listens, speaks, dies, reads], 600, (second) => {
    speaks.heardBytes += 1
    if (second === diesAt) dies.answers = false
  })
  expect([...cut.keys()]).toEqual([dies])
  expect(cut.get(dies)).toBeLessThanOrEqual(diesAt + 80)
  expect(speaks.pings).toBe(0)
  expect(listens.pings).toBeGreaterThan(0)
})

it('[KIT-18] an audience that came at once is pinged over time, and all of it is', () => {
  const peers = Array.from({ length: 10_000 }, () => new TestPeer())
  const pingsBy = [0]
  const cut = play(
    peers,
    160,
    () => void pingsBy.push(peers.reduce((n, { pings }) => n + pings, 0)),
  )
  const perSecond = pingsBy.slice(1).map((pings, at) => pings - (pingsBy[at] as number))
  const evenShare = (peers.length * 1_000) / kitLimits.pingEveryMs
  expect(cut.size).toBe(0)
  expect(Math.max(...perSecond)).toBeLessThanOrEqual(Math.ceil(evenShare * 2))
  expect(Math.min(...peers.map(({ pings }) => pings))).toBeGreaterThanOrEqual(2)
})
