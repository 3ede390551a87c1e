/**
 * `npm run bench -- media`: a room of voices with a real LiveKit. How long until somebody who may
 * speak now is heard, until one who may not is silent, and until one who was put out and comes
 * again with a ticket from before is out again.
 */
import { type AudioConnection, Odeon } from '@odeon/sdk'
import { markdown } from '../fanout/fanout-table.ts'
import { median } from '../fanout/summarise.ts'
import { ownServer } from '../load/server-under-load.ts'
import { type Filled, fillRoom } from './fill-room.ts'
import { type MediaShares, watch } from './media-shares.ts'
import { comeIn, type Person, sitDown, until } from './people.ts'
import { VoiceCrowd } from './voice-crowd.ts'
import { endPeers, VoicePeer } from './voice-peer.ts'

export interface MediaOptions {
  speakers: number
  listeners: number
  /** Of those who listen: who gets one of the voices. The rest are connected and get nothing. */
  hearers: number
  /** Which the people are spread over. */
  processes: number
  /** People who get a voice and lose it, one after the other. */
  turns: number
  say: (line: string) => void
}

export const mediaBars = { heardMsMost: 1_500, silentMsMost: 1_000 } as const

interface Turn {
  heardMs: number
  silentMs: number
  backMs: number
}

const quietMs = 1_500

export async function runMedia(
  options: MediaOptions,
): Promise<{ table: string; misses: string[] }> {
  const { say } = options
  const server = await ownServer({ MEDIA: 'on' })
  const crowds = Array.from({ length: options.processes }, (_, n) => {
    return new VoiceCrowd(`crowd ${n + 1}`)
  })
  try {
    const owner = new Odeon(server.url)
    const account = { username: 'bench', email: 'bench@odeon.example', password: 'a long password' }
    await owner.auth.register(account)
    const { id } = await owner.audio.create({ title: 'A bench of voices' })
    const host = await owner.audio.join(id)
    await host.start()
    await until(() => host.state.floor?.hasMedia === true, 'there is no LiveKit')
    const filled = await fillRoom({ url: server.url, roomId: id, host, crowds, ...options })
    const listener = await comeIn(server.url, id)
    const watched = watch(server.pid, crowds)
    const turns: Turn[] = []
    for (let n = 0; n < options.turns; n += 1) {
      const turn = await oneTurn(server.url, id, host, listener)
      turns.push(turn)
      const { heardMs, silentMs, backMs } = turn
      const said = `heard ${ms(heardMs)}, silent ${ms(silentMs)}, out again ${ms(backMs)}`
      say(`${n + 1}/${options.turns}  ${said}`)
    }
    const shares = watched()
    await Promise.all([listener.peer.leave(), listener.room.leave()])
    await host.end()
    await host.leave()
    return { table: tableOf(filled, turns, shares), misses: missesOf(turns) }
  } finally {
    await Promise.all(crowds.map((crowd) => crowd.stop()))
    await server.stop()
    await endPeers()
  }
}

/** Somebody new comes, gets a voice, loses it, is put out and comes again. */
async function oneTurn(
  url: string,
  id: string,
  host: AudioConnection,
  listener: Person,
): Promise<Turn> {
  const person = await comeIn(url, id)
  const { room, peer } = person
  const kept = await room.mediaTicket('b')
  let [first, last] = [0, 0]
  const stop = listener.peer.listenTo(peer.identity, (at) => {
    first ||= at
    last = at
  })
  const asked = performance.now()
  await host.floor.invite(room.you.id)
  await sitDown(person)
  peer.talk()
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

const ms = (value: number): string => `${Math.round(value)} ms`
const both = (values: number[]): string => `${ms(median(values))} / ${ms(Math.max(...values))}`

const ofCore = (share: number): string => `${Math.round(share * 100)} %`

function tableOf(filled: Filled, turns: Turn[], shares: MediaShares): string {
  return markdown([
    [
      'speak',
      'listen',
      'of them given a voice',
      'connected within',
      'turns',
      'let speak until heard',
      'removed until silent',
      'back after put out',
      'of a core: server, LiveKit, crowds',
    ],
    [
      String(filled.speakers),
      String(filled.listeners + 1),
      String(filled.hearing + 1),
      `${(filled.connectedMs / 1e3).toFixed(1)} s`,
      String(turns.length),
      both(turns.map(({ heardMs }) => heardMs)),
      both(turns.map(({ silentMs }) => silentMs)),
      both(turns.map(({ backMs }) => backMs)),
      [shares.server, shares.liveKit, shares.crowds].map(ofCore).join(', '),
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
