/** Rooms with a writer and relays in one process, and a journal that a test may break. */
import { matchMaker } from '@colyseus/core'
import { vi } from 'vitest'
import { type Carried, type RelayPorts, relayRoomId } from '../kit/relay/relayed-kinds.ts'
import { defineRelayRoom } from '../kit/relay/relay-room.ts'
import { liveKind } from '../live/live-kind.ts'
import { liveRoomId } from '../live/room-id.ts'
import type { LiveState } from '../live/state.ts'
import { FlakyJournal } from './flaky-journal.ts'
import { countingWorld, type MemoryPorts, memoryPorts } from './memory-ports.ts'
import { type Joined, join, type RoomServer, startRoomServer } from './room-server.ts'

export interface CarriedHouse {
  server: RoomServer
  ports: MemoryPorts
  journal: FlakyJournal
  /** Rooms that were opened again for a relay. */
  succeeded: Carried[]
  open(...relays: string[]): Promise<CarriedRoom>
  openRelay(id: string, processId: string): Promise<void>
  stop(): Promise<void>
}

/** A live stream whose host sits at the writer. */
export interface CarriedRoom {
  id: string
  host: Joined
  /** A person comes by a relay. */
  at(relay: string, person: string): Promise<Joined>
  /** Ends the writer as a kill would. */
  kill(): Promise<void>
  state(): LiveState
}

/** One per test file: the matchmaker is one per process. */
export async function carriedHouse(): Promise<CarriedHouse> {
  const journal = new FlakyJournal()
  const ports = memoryPorts(countingWorld(), journal)
  const succeeded: Carried[] = []
  /** As a server would: opens the writer's room again unless it is there. */
  const succeed = async (of: Carried) => {
    const isThere = server.room((of.openWith as { streamId: string }).streamId) !== undefined
    if (journal.mood !== 'well' || isThere) return
    succeeded.push(of)
    await matchMaker.createRoom(of.kind, of.openWith).catch(() => {})
  }
  const kinds: RelayPorts['kinds'] = {
    live: {
      ...liveKind,
      admit: (openWith, identity) =>
        ports.streams.admit((openWith as { streamId: string }).streamId, identity),
    },
  }
  const relay = defineRelayRoom({ ...ports, journal, succeed, kinds })
  const server = await startRoomServer({ relay }, ports)
  let rooms = 0
  return {
    server,
    ports,
    journal,
    succeeded,
    openRelay,
    stop: () => server.stop(),
    async open(...relays) {
      rooms += 1
      return await openCarried({ server, journal }, `carried${rooms}`, relays)
    },
  }
}

async function openCarried(
  { server, journal }: Pick<CarriedHouse, 'server' | 'journal'>,
  id: string,
  relays: string[],
): Promise<CarriedRoom> {
  const writerId = liveRoomId(id)
  await server.openStream(id, 'host')
  const host = await server.join(id, 'user:host')
  await host.room.request('stream.start', { requestId: `start-${id}` })
  for (const processId of relays) await openRelay(id, processId)
  return {
    id,
    host,
    at: (relay, person) => join(server.url, relayRoomId(writerId, relay), `user:${person}`, {}),
    state: () => (server.room(id) as unknown as { state: LiveState }).state,
    async kill() {
      journal.mood = 'deaf'
      await server.room(id).disconnect(4421)
      await vi.waitUntil(() => server.room(id) === undefined)
      journal.mood = 'well'
    },
  }
}

async function openRelay(id: string, processId: string): Promise<void> {
  const writerId = liveRoomId(id)
  const options = { kind: 'live', writerId, openWith: { streamId: id }, processId }
  await matchMaker.createRoom('relay', options)
}
