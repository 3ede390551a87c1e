/** Channels and all that belongs to them, put together: follows, pictures, emotes, rooms' desk. */
import type { ChannelDesk, Logger, World } from '@odeon/rooms/ports'
import { emoteEndpoints } from '../emotes/endpoints.ts'
import { type Emotes, emotes } from '../emotes/emotes.ts'
import { drawHouseEmotes } from '../emotes/house-emotes.ts'
import { mediaEndpoint } from '../media/media-endpoint.ts'
import type { Media } from '../media/media.ts'
import { openMedia } from '../media/open-media.ts'
import type { Database } from '../platform/database.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import type { Forgetting } from '../platform/shared/forgetting.ts'
import type { OpenRooms } from '../rooms/open-rooms.ts'
import type { Moved } from '../streams/phases.ts'
import { announceLive, type AnnounceLiveDeps } from './announce-live.ts'
import { channelDesk } from './channel-desk.ts'
import { type Channels, channels } from './channels.ts'
import { channelEndpoints } from './endpoints.ts'
import { pictureEndpoints } from './picture-endpoints.ts'

export interface ChannelSide {
  channels: Channels
  emotes: Emotes
  media: Media
  /** What live rooms ask. */
  desk: ChannelDesk
  endpoints: Endpoint[]
  /** Call it when a stream started or ended. */
  moved(moved: Moved): void
  /** Draws the house's emotes if need be and sweeps pictures until the result is called. */
  startUpkeep(): () => Promise<void>
}

export interface ChannelSideDeps {
  database: Database
  world: World
  log: Logger
  mediaDir: string
  openRooms: Pick<OpenRooms, 'ofChannel'>
  hasReviewer?: (channelId: string) => Promise<boolean>
  notifyAll: AnnounceLiveDeps['notifyAll']
  forgetting?: Pick<Forgetting, 'share'> | undefined
}

export function channelSide(deps: ChannelSideDeps): ChannelSide {
  const { database, world, log, openRooms, mediaDir, hasReviewer } = deps
  const all = channels({ database, world, rooms: openRooms, forgetting: deps.forgetting })
  const media = openMedia({ database, world, log, folder: mediaDir })
  const allEmotes = emotes({ database, world, media, changed: all.changed })
  const telling = new Set<Promise<unknown>>()
  const tell = (streamId: string) => {
    const told = announceLive(deps, streamId)
      .catch((err: unknown) => log.warn({ err, streamId }, 'followers were not told'))
      .finally(() => telling.delete(told))
    telling.add(told)
  }
  const desk = channelDesk({
    database,
    follows: all.follows,
    saved: all.forget,
    ...(hasReviewer && { hasReviewer }),
  })
  return {
    channels: all,
    emotes: allEmotes,
    media,
    desk,
    endpoints: [
      ...channelEndpoints(all),
      ...pictureEndpoints({ channels: all, media }),
      ...emoteEndpoints({ channels: all, emotes: allEmotes }),
      mediaEndpoint(media),
    ],
    moved({ streamId, channelId, phase }) {
      all.forget(channelId)
      if (phase === 'live') tell(streamId)
    },
    startUpkeep() {
      const stop = media.startSweeping()
      const drawn = drawHouseEmotes(media).catch((err: unknown) =>
        log.warn({ err }, 'the emotes of the house were not drawn'),
      )
      return async () => {
        await Promise.all([drawn, ...telling])
        await stop()
      }
    },
  }
}
