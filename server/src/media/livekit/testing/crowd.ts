/** A LiveKit of which the test says who is there, with all that is asked about them. */
import { ParticipantInfo, type TrackInfo } from '@livekit/protocol'
import type { MediaGrant, MediaOwner } from '@odeon/rooms/ports'
import type { MediaSource } from '@odeon/rooms/protocol'
import { quietLog } from '../../../platform/testing/quiet-log.ts'
import { permissionOf } from '../grants.ts'
import { LiveKitMedia } from '../livekit-media.ts'
import { type Method, standInLiveKit, Twirp } from './stand-in-livekit.ts'

export const speaks: MediaGrant = { publish: ['microphone'], subscribe: true, isHidden: false }

export async function crowd() {
  const here = new Map<string, ParticipantInfo>()
  const removed: string[] = []
  const state = { running: 0, runningMax: 0, isRefusing: false }
  /** By the name of what is asked: what it waits for. */
  const held = new Map<string, Promise<unknown>>()
  const method = (name: string, work: Method): [string, Method] => [
    `RoomService/${name}`,
    async (body) => {
      state.runningMax = Math.max(state.runningMax, (state.running += 1))
      await (held.get(name) ?? new Promise((resolve) => setImmediate(resolve)))
      state.running -= 1
      return await work(body)
    },
  ]
  const livekit = await standInLiveKit(
    Object.fromEntries([
      method('ListParticipants', () => ({
        participants: [...here.values()].map((one) => one.toJson()),
      })),
      method('RemoveParticipant', (body) => {
        const { identity } = body as { identity: string }
        removed.push(identity)
        if (state.isRefusing) throw new Twirp(400, 'no')
        here.delete(identity)
        return {}
      }),
      method('UpdateParticipant', () => ({})),
      method('DeleteRoom', () => ({})),
    ]),
  )
  return {
    livekit,
    removed,
    state,
    held,
    here,
    asked: (name: string) => livekit.asked.filter((one) => one === `RoomService/${name}`).length,
    comes(identity: string, tracks: readonly TrackInfo[] = [], grant = speaks) {
      const sid = `PA_${identity.slice(0, 99)}`
      const permission = permissionOf(grant)
      const one = new ParticipantInfo({ identity, sid, tracks: [...tracks], permission })
      here.set(identity, one)
      return one
    },
  }
}

/** One whose time passes as the test says, at nothing; it hears what it tells. */
export function mediaAt(clock: { now: number }, log = quietLog): LiveKitMedia {
  const ears = new Set<(body: string) => void>()
  const presence = {
    publish: (_: string, body: string) => {
      for (const hear of ears) hear(body)
    },
    subscribe: async (_: string, hear: (body: string) => void) => void ears.add(hear),
    unsubscribe: () => undefined,
  }
  return new LiveKitMedia({ presence, world: { now: () => clock.now }, log })
}

/** Grants everybody to speak, and keeps what it is told that they send. */
export function hearing(told: Map<string, readonly MediaSource[]> = new Map()): MediaOwner {
  return {
    grantOf: () => speaks,
    sends: (userId, sources) => void told.set(userId, sources),
    turned: () => undefined,
  }
}
