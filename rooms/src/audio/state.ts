/** What is true now in a room of voices: what is in a live room, and the floor. */
import { type SchemaType, schema, t } from '@colyseus/schema'
import { Floor } from '../floor/state.ts'
import { liveFields } from '../live/state.ts'

export const AudioState = schema({ ...liveFields, floor: t.ref(Floor) }, 'AudioState')
export type AudioState = SchemaType<typeof AudioState>
