// What both clients see of a log that is not as it must be, from a server that lies.
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getMessageBytes, Protocol } from '@colyseus/core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type GeneratorKind, hasCompiler, startGenerator } from '../load/generators.ts'
import { textOf } from '../hosts/text.ts'
import type { Violation } from './mark.ts'
import type { Swarm } from './swarm.ts'

const kinds: GeneratorKind[] = hasCompiler() ? ['compiled', 'script'] : ['script']
const patient = { timeout: 10_000, interval: 20 }
const opened: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

const message = (name: string, body: object) => getMessageBytes.raw(Protocol.ROOM_DATA, name, body)
const entry = (seq: number, text = `line ${seq}`) => message('chat.posted', { seq, at: 1, text })
const patch = (byte: number) => Buffer.from([Protocol.ROOM_STATE_PATCH, byte, byte])
const welcome = (head: number, epoch = 1) =>
  message('room.welcome', { epoch, head, from: head + 1, backlog: 0 })

interface Stage {
  swarm: Swarm
  seen: Violation[]
  /** In the order they came in. */
  sockets: WebSocket[]
  /** Requests of viewers for what they missed. */
  reads: WebSocket[]
  /** Said to whoever comes, instead of a greeting. */
  refuse: Buffer | undefined
}

/** Viewers are welcomed at entry 10. */
async function stage(kind: GeneratorKind, viewers: number, head = () => 10): Promise<Stage> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const all = { seen: [], sockets: [], reads: [], refuse: undefined } as unknown as Stage
  const { sockets, reads } = all
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      if (data[0] === Protocol.ROOM_REQUEST) reads.push(socket)
      if (data[0] !== Protocol.JOIN_ROOM) return
      socket.send(Buffer.from([Protocol.ROOM_STATE, 1]))
      socket.send(welcome(head()))
      sockets.push(socket)
    })
    socket.send(all.refuse ?? Buffer.from([Protocol.JOIN_ROOM]))
  })
  const folder = await mkdtemp(join(tmpdir(), 'odeon-swarm-'))
  const seats = join(folder, 'seats')
  await writeFile(seats, `127.0.0.1:${port} /room\n`.repeat(viewers))
  const address = `127.0.0.1:${port}`
  const swarm = await startGenerator(kind, { address, seats, returns: 1, seed: 3 })
  const { seen } = all
  all.swarm = swarm
  swarm.onViolation((one) => seen.push(one))
  opened.push(
    () => swarm.stop(),
    () => {
      server.close()
    },
    () => rm(folder, { recursive: true }),
  )
  expect(await swarm.open(viewers)).toMatchObject({ open: viewers, failed: 0 })
  await vi.waitFor(() => expect(sockets).toHaveLength(viewers), patient)
  return all
}

const toAll = ({ sockets }: Stage, ...messages: Buffer[]) => {
  for (const socket of sockets) for (const one of messages) socket.send(one)
}

const heads = async ({ swarm }: Stage) => (await swarm.mark()).heads

const lies: [what: Violation['what'], messages: Buffer[]][] = [
  ['gap', [entry(11), entry(13)]],
  ['twice', [entry(11), patch(1), entry(12), entry(12)]],
  ['other bytes', [entry(11), entry(12, 'something else')]],
  ['other patches', [entry(11), patch(9), entry(12)]],
]

describe.each(kinds)('the %s client', (kind) => {
  test('[LOD-10] a log that is whole and the same for all breaks nothing', async () => {
    const all = await stage(kind, 3)
    for (let seq = 11; seq <= 140; seq += 1) toAll(all, patch(seq), entry(seq))
    await vi.waitFor(async () => expect((await heads(all)).least).toBe(140), patient)
    const { log, blocks } = await all.swarm.tick()
    expect(all.seen).toEqual([])
    expect(log).toMatchObject({ entries: 390, checked: 260, violations: 0 })
    // The first entry of each viewer has patches before it that it may not have seen in full.
    expect(log.chains).toBe(2 * 129)
    expect(blocks.map(([number]) => number)).toEqual([1])
  })

  test.each(lies)('[LOD-10] at once and by name: %s', async (what, messages) => {
    const all = await stage(kind, 2)
    const [honest, lied] = all.sockets as [WebSocket, WebSocket]
    for (const one of [entry(11), patch(1), entry(12), entry(13)]) honest.send(one)
    await vi.waitFor(async () => expect((await heads(all)).most).toBe(13), patient)
    for (const one of messages) lied.send(one)
    await vi.waitFor(() => expect(all.seen).not.toHaveLength(0), patient)
    expect(all.seen[0]).toMatchObject({ what, epoch: 1 })
    expect([0, 1]).toContain(all.seen[0]?.viewer)
  })

  test('[LOD-10] what a slow reader is told to be spared is no gap, and all else still is', async () => {
    const all = await stage(kind, 2)
    const [whole, slow] = all.sockets as [WebSocket, WebSocket]
    for (let seq = 11; seq <= 17; seq += 1)
      for (const one of [patch(seq), entry(seq)]) whole.send(one)
    await vi.waitFor(async () => expect((await heads(all)).most).toBe(17), patient)
    const skipped = [
      [11, 12],
      [14, 14],
      [16, 16],
    ]
    for (let seq = 11; seq <= 16; seq += 1) slow.send(patch(seq))
    slow.send(message('room.sampled', { epoch: 1, skipped }))
    for (const one of [entry(13), entry(15), patch(17), entry(17)]) slow.send(one)
    await vi.waitFor(async () => expect((await heads(all)).least).toBe(17), patient)
    expect(all.seen).toEqual([])
    expect((await all.swarm.mark()).log).toMatchObject({ spared: 4, violations: 0 })
    slow.send(entry(19))
    await vi.waitFor(() => expect(all.seen[0]).toMatchObject({ what: 'gap', seq: 19 }), patient)
  })

  test('[LOD-15] who lost the socket comes back and reads what it missed', async () => {
    let head = 10
    const all = await stage(kind, 2, () => head)
    toAll(all, entry(11))
    await vi.waitFor(async () => expect((await heads(all)).least).toBe(11), patient)
    head = 14
    all.sockets.splice(0)[0]?.terminate()
    await vi.waitFor(() => expect(all.reads).toHaveLength(1), patient)
    const back = all.reads[0] as WebSocket
    // Live entries may come before the answer, and again within it.
    for (const seq of [15, 12, 13, 14, 15]) back.send(entry(seq))
    const answer = { epoch: 1, recovered: true, to: 15, more: false }
    back.send(getMessageBytes[Protocol.ROOM_RESPONSE](7, 0, answer))
    await vi.waitFor(async () => {
      expect(await all.swarm.mark()).toMatchObject({
        open: 2,
        heads: { least: 11, most: 15, reading: 0 },
        log: { again: 1, violations: 0 },
      })
    }, patient)
    expect(all.seen).toEqual([])
    const { returns, ends } = await all.swarm.mark()
    expect(returns?.count).toBe(1)
    expect(ends).toEqual({ 'closed 1006': 1 })
  })

  test('[LOD-28] a line due before a viewer was back is no late line; any other is', async () => {
    let head = 10
    const all = await stage(kind, 1, () => head)
    const latency = async () => (await all.swarm.mark()).latency
    const ago = (ms: number) => process.hrtime.bigint() - BigInt(ms) * 1_000_000n
    toAll(all, entry(11, textOf(1, ago(3_000))))
    await vi.waitFor(async () => expect((await latency())?.count).toBe(1), patient)
    expect((await latency())?.maxNs).toBeGreaterThan(2_900_000_000)

    head = 11
    const dueNs = ago(0)
    all.sockets.splice(0)[0]?.terminate()
    await vi.waitFor(async () => {
      expect(await all.swarm.mark()).toMatchObject({ open: 1, returns: { count: 1 } })
    }, patient)
    toAll(all, entry(12, textOf(2, dueNs)))
    await vi.waitFor(async () => expect((await heads(all)).most).toBe(12), patient)
    expect((await latency())?.count).toBe(1)
    toAll(all, entry(13, textOf(3, ago(0))))
    await vi.waitFor(async () => expect((await latency())?.count).toBe(2), patient)
    expect(all.seen).toEqual([])
  })

  test('[LOD-19] how a socket ended is told by its cause, and whether it was in yet', async () => {
    const all = await stage(kind, 2)
    all.sockets[0]?.close(4413)
    const words = 'seat reservation expired'
    all.refuse = getMessageBytes[Protocol.ERROR](524, words)
    await vi.waitFor(async () => {
      const { ends } = await all.swarm.mark()
      expect(ends['closed 4413']).toBe(1)
      expect(ends[`room error 524 ${words} while joining`]).toBeGreaterThan(0)
    }, patient)
  })
})
