/** What is asked of LiveKit about its rooms, each with a deadline; who is not there is no error. */
import { type ParticipantInfo, RoomServiceClient, ServerError } from 'livekit-server-sdk'
import type { MediaGrant } from '@odeon/rooms/ports'
import { permissionOf } from './grants.ts'
import type { LiveKitAddress } from './settings.ts'

export const callLimits = { answerSeconds: 3 } as const

export interface RoomCalls {
  /** Rejects when LiveKit does not answer, or does not know our key. */
  probe(): Promise<void>
  /** Names of all the rooms it has, whoever's they are. */
  rooms(): Promise<string[]>
  people(roomId: string): Promise<ParticipantInfo[]>
  allow(roomId: string, identity: string, grant: MediaGrant): Promise<void>
  remove(roomId: string, identity: string): Promise<void>
  end(roomId: string): Promise<void>
}

/** A name no room has: asking for it costs nothing. */
const nobodysRoom = 'odeon-probe'

export function roomCalls({ url, apiKey, apiSecret }: LiveKitAddress): RoomCalls {
  const options = { requestTimeout: callLimits.answerSeconds, failover: false }
  const client = new RoomServiceClient(url, apiKey, apiSecret, options)
  return {
    probe: async () => void (await client.listRooms([nobodysRoom])),
    rooms: async () => (await client.listRooms()).map(({ name }) => name),
    people: async (roomId) => (await there(client.listParticipants(roomId))) ?? [],
    allow: async (roomId, identity, grant) =>
      void (await there(
        client.updateParticipant(roomId, identity, { permission: permissionOf(grant) }),
      )),
    // Where LiveKit knows of it, tokens from before this second are void, one made now is not.
    // The pinned one does not: who comes again with one is met, and put out again.
    remove: (roomId, identity) => {
      const revokeTokenTs = BigInt(Math.floor(Date.now() / 1_000))
      return there(client.removeParticipant(roomId, identity, { revokeTokenTs }))
    },
    end: (roomId) => there(client.deleteRoom(roomId)),
  }
}

/** True for an answer that says no: LiveKit is there. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof ServerError && error.status < 500

async function there<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return undefined
    throw error
  }
}
