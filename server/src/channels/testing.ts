/** Channels with all that belongs to them, for tests: pictures in a folder that goes away. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalPresence } from '@colyseus/core'
import type { World } from '@odeon/rooms/ports'
import { afterAll } from 'vitest'
import { noticeDesk } from '../notices/notices.ts'
import type { Database } from '../platform/database.ts'
import { quietLog } from '../platform/testing/quiet-log.ts'
import { channelSide } from './channel-side.ts'

export async function testChannelSide(database: Database, world: World) {
  /** What open rooms were asked to read anew. */
  const refreshed: string[] = []
  const openRooms = {
    ofChannel: (channelId: string) => [
      {
        roomId: channelId,
        refreshChannel: () => refreshed.push(`channel ${channelId}`),
        refreshStanding: (userId: string) => refreshed.push(`${userId} in ${channelId}`),
      },
    ],
  }
  const mediaDir = await mkdtemp(join(tmpdir(), 'odeon-media-'))
  afterAll(() => rm(mediaDir, { recursive: true, force: true }))
  const log = quietLog
  const notices = noticeDesk({ database, ...world, log, presence: new LocalPresence() })
  const { notifyAll } = notices
  const side = channelSide({ database, world, log, mediaDir, notifyAll, openRooms })
  return { ...side, notices, refreshed, mediaDir }
}
