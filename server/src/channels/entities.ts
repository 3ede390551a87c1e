/** A channel: one for each account that streams, with the sums of what it streamed. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { ChannelLink, ChannelView, KeptSettings, ScheduleSlot } from './protocol.ts'

export const ChannelEntity = defineEntity({
  name: 'Channel',
  tableName: 'channels',
  properties: {
    id: p.uuid().primary(),
    ownerId: p.uuid(),
    handle: p.text(),
    name: p.text(),
    about: p.text().default(''),
    /** Ids of pictures. */
    avatarId: p.text().nullable(),
    bannerId: p.text().nullable(),
    category: p.text().$type<NonNullable<ChannelView['category']>>().nullable(),
    language: p.text().nullable(),
    country: p.text().nullable(),
    links: p.json<ChannelLink[]>().defaultRaw("'[]'"),
    schedule: p.json<ScheduleSlot[]>().defaultRaw("'[]'"),
    settings: p.json<KeptSettings>().defaultRaw("'{}'"),
    /** Kept by the database itself, never written here. */
    followers: p.integer().default(0),
    streams: p.integer().default(0),
    liveMs: p.bigint('number').defaultRaw('0'),
    viewersPeak: p.integer().default(0),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
})
export type Channel = InferEntity<typeof ChannelEntity>
