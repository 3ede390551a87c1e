/**
 * Going live and coming back on the air, in an order that leaves nothing half-done: picture and
 * sound first, the stream after them; where one fails the other is taken back.
 */
import type { RoomMedia } from '@odeon/sdk'

/** Ids of devices; empty for whichever the browser takes, null for none. */
export interface Wanted {
  camera: string | null
  microphone: string | null
}

export type BroadcastMedia = Pick<
  RoomMedia,
  'listen' | 'leave' | 'publishCamera' | 'publishMicrophone' | 'unpublish'
>

/** The way to the media server could not be made; the stream is as it was. */
export class NotCarried extends Error {
  override readonly name = 'NotCarried'
}

const chosen = (deviceId: string) => (deviceId ? { deviceId } : {})

/** Sends what is wanted, or nothing of it: then throws why. */
export async function sendWanted(media: BroadcastMedia, wanted: Wanted): Promise<void> {
  const { camera, microphone } = wanted
  if (camera === null && microphone === null) return
  try {
    if ((await media.listen()) !== 'on') throw new NotCarried()
    if (camera !== null) await media.publishCamera({ ...chosen(camera), withMicrophone: false })
    if (microphone !== null) await media.publishMicrophone(chosen(microphone))
  } catch (error) {
    await sendNothing(media)
    throw error
  }
}

/** No stream begins without what it promised. */
export async function goLive(
  media: BroadcastMedia,
  wanted: Wanted,
  start: () => Promise<unknown>,
): Promise<void> {
  await sendWanted(media, wanted)
  try {
    await start()
  } catch (error) {
    await sendNothing(media)
    throw error
  }
}

/** The host goes on hearing guests: only their own picture and sound stop. */
export async function sendNothing(media: BroadcastMedia): Promise<void> {
  for (const source of ['camera', 'microphone', 'screen_share'] as const) {
    await media.unpublish(source)
  }
}
