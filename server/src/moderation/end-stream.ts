/** Ends a stream for its host: in its room when that is open, so that everybody sees it end. */
import { liveRoomId } from '@odeon/rooms'
import type { Streams } from '@odeon/rooms/ports'
import { noNumbers } from '../streams/streams.ts'
import type { ModerationDeps } from './deps.ts'

export async function endStream(
  { openRooms, world }: Pick<ModerationDeps, 'openRooms' | 'world'>,
  streams: Pick<Streams, 'find' | 'numbers' | 'end'>,
  streamId: string,
): Promise<boolean> {
  const room = openRooms.byId(liveRoomId(streamId))
  const ended = await room?.endStream?.()
  if (ended !== undefined) return ended
  const stream = await streams.find(streamId)
  if (stream?.phase !== 'live') return false
  const at = world.now()
  const numbers = (await streams.numbers(streamId)) ?? noNumbers(at - stream.startedAt)
  return (await streams.end(streamId, at, numbers)) !== null
}
