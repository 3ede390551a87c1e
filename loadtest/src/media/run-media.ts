/**
 * `npm run bench -- media`: a room of voices with a real LiveKit. How long until somebody who may
 * speak now is heard, until one who may not is silent, and until one who was put out and comes
 * again with a ticket from before is out again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type AudioConnection, Odeon } from '@odeon/sdk'
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import { usageOf } from '../load/process-watch.ts'
import { ownServer } from '../load/server-under-load.ts'
import { endPeers, VoicePeer } from './voice-peer.ts'

export interface MediaOptions {
  speakers: number
  listeners: number
  /** People who get a voice and lose it, one after the other. */
  turns: number
  say: (line: string) => void
}

export const mediaBars = { heardMsMost: 1_500, silentMsMost: 1_000 } as const

interface Person {
  room: AudioConnection
  peer: VoicePeer
}

interface Turn {
  heardMs: number
  silentMs: number
  backMs: number
}

const waitMsMax = 15_000
const quietMs = 1_500
/** From a seat until LiveKit knows of it, with room to spare; it counts. */
const toldMs = 150

export async function runMedia(
  options: MediaOptions,
): Promise<{ table: string; misses: string[] }> {
  const { speakers, listeners, say } = options
  const server = await ownServer({ MEDIA: 'on' })
  try {
    const owner = new Odeon(server.url)
    const account = { username: 'bench', email: 'bench@odeon.example', password: 'a long password' }
    await owner.auth.register(account)
    const { id } = await owner.audio.create({ title: 'A bench of voices' })
    const host = await owner.audio.join(id)
    await host.start()
    await until(() => host.state.floor?.hasMedia === true, 'there is no LiveKit')
    const begun = performance.now()
    const talking = await people(server.url, id, speakers)
    for (const { room, peer } of talking) await promote(host, room, peer)
    const audience = await people(server.url, id, listeners)
    const connectedMs = performance.now() - begun
    const seconds = (connectedMs / 1e3).toFixed(1)
    say(`${speakers} speak, ${listeners} listen, connected within ${seconds} s`)
    for (const [at, { peer }] of audience.entries()) {
      const speaker = talking[at % talking.length]
      if (speaker) peer.listenTo(speaker.peer.identity)
    }
    const before = usageOf(server.pid)
    const from = performance.now()
    const turns: Turn[] = []
    for (let n = 0; n < options.turns; n += 1) {
      const turn = await oneTurn(server.url, id, host, audience[n % audience.length])
      turns.push(turn)
      const { heardMs, silentMs, backMs } = turn
      const said = `heard ${ms(heardMs)}, silent ${ms(silentMs)}, out again ${ms(backMs)}`
      say(`${n + 1}/${options.turns}  ${said}`)
    }
    const after = usageOf(server.pid)
    const share = ((after?.cpuS ?? 0) - (before?.cpuS ?? 0)) / ((performance.now() - from) / 1e3)
    const all = [...talking, ...audience]
    await Promise.all(all.map(({ room, peer }) => Promise.all([peer.leave(), room.leave()])))
    await host.end()
    await host.leave()
    return { table: tableOf(options, turns, share), misses: missesOf(turns) }
  } finally {
    await server.stop()
    await endPeers()
  }
}

async function people(url: string, id: string, count: number): Promise<Person[]> {
  const found: Person[] = []
  for (let n = 0; n < count; n += 1) found.push(await person(url, id))
  return found
}

async function person(url: string, id: string): Promise<Person> {
  const odeon = new Odeon(url)
  await odeon.auth.guest()
  const room = await odeon.audio.join(id, { backlog: 0 })
  return { room, peer: await VoicePeer.connect(await room.mediaTicket('a')) }
}

async function promote(host: AudioConnection, room: AudioConnection, peer: VoicePeer) {
  await host.floor.invite(room.you.id)
  await room.floor.sit()
  // Browsers are told when they may send. This library is not, and waits ten seconds for a no.
  await sleep(toldMs)
  await retried(() => peer.speak())
}

/** Somebody new comes, gets a voice, loses it, is put out and comes again. */
async function oneTurn(
  url: string,
  id: string,
  host: AudioConnection,
  listener: Person | undefined,
): Promise<Turn> {
  if (listener === undefined) throw new Error('nobody listens')
  const { room, peer } = await person(url, id)
  const kept = await room.mediaTicket('b')
  let [first, last] = [0, 0]
  const stop = listener.peer.listenTo(peer.identity, (at) => {
    first ||= at
    last = at
  })
  const asked = performance.now()
  await promote(host, room, peer)
  await until(() => first > 0, 'nothing was heard')
  const removed = performance.now()
  await host.floor.remove(room.you.id)
  await until(() => performance.now() - last > quietMs, 'it did not become silent')
  stop()
  peer.hush()
  // Who is not in the room is not in its media.
  await room.leave()
  await until(() => !peer.isConnected, 'who was put out stayed')
  const back = await VoicePeer.connect(kept).catch(() => undefined)
  const came = performance.now()
  await until(() => back?.isConnected !== true, 'who came again stayed')
  const backMs = back === undefined ? 0 : performance.now() - came
  return { heardMs: first - asked, silentMs: Math.max(0, last - removed), backMs }
}

/** A right may be on its way to LiveKit still. */
async function retried(work: () => Promise<void>): Promise<void> {
  const end = performance.now() + waitMsMax
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (performance.now() > end) throw error
      await sleep(20)
    }
  }
}

async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  const end = performance.now() + waitMsMax
  while (!isSo()) {
    if (performance.now() > end) throw new Error(otherwise)
    await sleep(5)
  }
}

const ms = (value: number): string => `${Math.round(value)} ms`
const both = (values: number[]): string => `${ms(median(values))} / ${ms(Math.max(...values))}`

function tableOf({ speakers, listeners }: MediaOptions, turns: Turn[], share: number): string {
  return markdown([
    [
      'speak',
      'listen',
      'turns',
      'let speak until heard',
      'removed until silent',
      'back after put out',
      'CPU of the server',
    ],
    [
      String(speakers),
      String(listeners),
      String(turns.length),
      both(turns.map(({ heardMs }) => heardMs)),
      both(turns.map(({ silentMs }) => silentMs)),
      both(turns.map(({ backMs }) => backMs)),
      `${(share * 100).toFixed(0)} % of a core`,
    ],
  ])
}

function missesOf(turns: Turn[]): string[] {
  const { heardMsMost, silentMsMost } = mediaBars
  const heard = Math.max(...turns.map(({ heardMs }) => heardMs))
  const silent = Math.max(...turns.map(({ silentMs }) => silentMs))
  return [
    ...(heard > heardMsMost ? [`heard after ${ms(heard)}, ${ms(heardMsMost)} at most`] : []),
    ...(silent > silentMsMost ? [`silent after ${ms(silent)}, ${ms(silentMsMost)} at most`] : []),
  ]
}
