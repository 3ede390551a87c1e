/**
 * Dresses the demo's house, once: pictures, emotes, evenings that are over, follows, a moderator,
 * reports that wait. It runs beside the start, which does not wait for it.
 */
import { createHash } from 'node:crypto'
import type { Logger, World } from '@odeon/rooms/ports'
import type { Archive } from '../archive/log-archive.ts'
import type { User } from '../accounts/entities.ts'
import type { ChannelSide } from '../channels/channel-side.ts'
import type { Media } from '../media/media.ts'
import { type RecipeName, recipes } from '../media/protocol.ts'
import { fileReport } from '../moderation/file-report.ts'
import type { Database } from '../platform/database.ts'
import { Refused } from '../platform/http/refusal.ts'
import { avatarOf, bannerOf, emoteDrawing } from './drawings.ts'
import { addPastStreams, type PastChannel } from './past-streams.ts'
import { chance } from './random.ts'

export interface FurnishDeps {
  database: Database
  side: Pick<ChannelSide, 'channels' | 'emotes' | 'media'>
  archive: Pick<Archive, 'flush'>
  world: Pick<World, 'now' | 'newId'>
  log: Logger
  /** Those with a channel, the host of the large stream first. */
  people: readonly User[]
  guests: readonly User[]
}

interface Row extends PastChannel {
  avatar_id: string | null
  banner_id: string | null
}

const emotesOf: Readonly<Record<string, readonly string[]>> = {
  asha: ['chiya'],
  maya: ['momo', 'chiya'],
  sam: ['savepoint', 'onemore'],
}

/** Rejects when it cannot go on; what is missing is added at the next start. */
export async function furnish(deps: FurnishDeps, signal: AbortSignal): Promise<void> {
  const { database, people, world } = deps
  const channels = await channelsOf(deps)
  const isFirst = await database.transaction(async (sql) => {
    const [before] = await sql`
      select s.id from streams s join channels c on c.id = s.channel_id
      where s.phase = 'ended' and c.owner_id = any(${people.map(({ id }) => id)}::uuid[]) limit 1`
    for (const channel of channels) await addPastStreams(sql, channel, world.now())
    return before === undefined
  })
  if (isFirst) await peopleTheHouse(deps, channels)
  for (const channel of channels) {
    if (signal.aborted) return
    await dress(deps, channel)
  }
}

/** In the order of their people: the large stream is dressed first. */
async function channelsOf({ database, people }: FurnishDeps): Promise<Row[]> {
  const found = await database.sql<Row>`
    select id, owner_id as "ownerId", handle, name, category, language, avatar_id, banner_id
    from channels where owner_id = any(${people.map(({ id }) => id)}::uuid[])`
  const order = people.map(({ id }) => id)
  return found.toSorted((a, b) => order.indexOf(a.ownerId) - order.indexOf(b.ownerId))
}

/** Pictures go the way of people's own: drawn, decoded, cut, encoded, referred to. */
async function dress({ side, log }: FurnishDeps, channel: Row): Promise<void> {
  const { handle, ownerId } = channel
  const drawn = { handle, category: (channel.category ?? 'talk') as 'talk' }
  for (const [part, isThere, drawing] of [
    ['avatar', channel.avatar_id, avatarOf(drawn)],
    ['banner', channel.banner_id, bannerOf(drawn)],
  ] as const) {
    if (isThere !== null) continue
    const bytes = await pictureOf(side.media, part, drawing)
    const picture = bytes && (await side.media.keep(part, bytes))
    if (!picture || picture instanceof Refused) {
      log.warn({ handle, part }, 'the demo has no such picture')
      continue
    }
    await side.channels.setPicture({ handle, ownerId, part, mediaId: picture.id })
  }
  const known = new Set((await side.emotes.of(channel.id)).map(({ code }) => code))
  for (const code of emotesOf[handle] ?? []) {
    if (known.has(code)) continue
    const bytes = await pictureOf(side.media, 'emote', emoteDrawing(code))
    const added = bytes && (await side.emotes.add({ channelId: channel.id, code, bytes }))
    if (!added || added instanceof Refused) log.warn({ handle, code }, 'the demo has no such emote')
  }
}

async function pictureOf(
  media: Media,
  recipe: RecipeName,
  drawing: string,
): Promise<Buffer | null> {
  const id = createHash('sha256').update('demo').update(drawing).digest('hex').slice(0, 32)
  await media.draw(recipe, id, drawing)
  return await media.read(`${id}-${recipes[recipe].sizes.at(-1)?.width}.webp`)
}

const followsMax = 6

/** Who follows whom, who helps whom, and what waits in the queue of reports. */
async function peopleTheHouse(deps: FurnishDeps, channels: readonly Row[]): Promise<void> {
  const { database, people, side, world } = deps
  const luck = chance(4_711)
  for (const { id } of people) {
    const others = channels.filter(({ ownerId }) => ownerId !== id)
    const count = 2 + Math.floor(luck.next() * (followsMax - 1))
    for (const { handle } of luck.shuffled(others).slice(0, count)) {
      await side.channels.follows.follow(handle, id)
    }
  }
  const [host, helper] = people
  const main = channels.find(({ ownerId }) => ownerId === host?.id)
  if (main && helper) {
    await database.sql`
      insert into channel_moderators (channel_id, user_id, granted_by, granted_at)
      values (${main.id}, ${helper.id}, ${main.ownerId}, ${new Date(world.now())})
      on conflict do nothing`
  }
  await fileReports(deps, channels)
}

/** Made up like everything here, and said to be. */
async function fileReports(deps: FurnishDeps, channels: readonly Row[]): Promise<void> {
  const { people, guests, archive } = deps
  const [, reporter, other] = people
  const [spammer, loud] = guests
  const shed = channels.at(-1)
  if (!reporter || !other || !spammer || !loud || !shed) return
  const filing = { ...deps, flushArchive: () => archive.flush() }
  const made = [
    [reporter, 'user', spammer.id, 'spam', 'Posts the same link in every room. (demo)'],
    [other, 'user', spammer.id, 'spam', 'Selling followers again. (demo)'],
    [other, 'user', loud.id, 'harassment', 'Does not stop after being asked to. (demo)'],
    [reporter, 'content', shed.id, 'other', 'The banner hides the schedule. (demo)'],
  ] as const
  for (const [{ id }, targetType, targetId, reason, text] of made) {
    await fileReport(filing, id, { targetType, targetId, reason, text })
  }
}
