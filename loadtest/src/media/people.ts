/** People of a room of voices: in the room over the SDK, and in its sound. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type AudioConnection, Odeon } from '@odeon/sdk'
import { VoicePeer } from './voice-peer.ts'

export interface Person {
  room: AudioConnection
  peer: VoicePeer
}

export const waitMsMax = 15_000
/** From a seat until LiveKit knows of it, with room to spare; it counts. */
const toldMs = 150

export async function comeIn(url: string, roomId: string): Promise<Person> {
  const odeon = new Odeon(url)
  await odeon.auth.guest()
  const room = await odeon.audio.join(roomId, { backlog: 0 })
  return { room, peer: await VoicePeer.connect(await room.mediaTicket('a')) }
}

/** Takes the seat it was invited to. It publishes, and is silent until it talks. */
export async function sitDown({ room, peer }: Person): Promise<void> {
  await room.floor.sit()
  // Browsers are told when they may send. This library is not, and waits ten seconds for a no.
  await sleep(toldMs)
  await retried(() => peer.publish())
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

export async function until(isSo: () => boolean, otherwise: string): Promise<void> {
  const end = performance.now() + waitMsMax
  while (!isSo()) {
    if (performance.now() > end) throw new Error(otherwise)
    await sleep(5)
  }
}
