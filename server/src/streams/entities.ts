/** A stream as a record; what happens in it lives in its room and its log. */
import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import type { StreamMedium, StreamNumbers, StreamPhase } from '@odeon/rooms/protocol'
import { ChannelEntity } from '../channels/entities.ts'
import type { StreamView } from './protocol.ts'

export const StreamEntity = defineEntity({
  name: 'Stream',
  tableName: 'streams',
  properties: {
    id: p.uuid().primary(),
    channel: () => p.manyToOne(ChannelEntity),
    hostId: p.uuid(),
    title: p.text(),
    category: p.text().$type<NonNullable<StreamView['category']>>().nullable(),
    language: p.text().nullable(),
    medium: p.text().$type<StreamMedium>().default('video'),
    phase: p.text().$type<StreamPhase>().default('pending'),
    startedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    numbers: p.json<StreamNumbers>().nullable(),
    /** Last checkpoint while live: the sign that a room still runs it. */
    checkpointedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
})
export type Stream = InferEntity<typeof StreamEntity>
