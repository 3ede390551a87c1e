/**
 * Leads a channel's keys to where they belong. LiveKit is asked outside of any transaction: who
 * does it has a lease on the key meanwhile; one that ran out says that nobody knows where it leads.
 */
import { liveRoomId } from '@odeon/rooms'
import { encoderTab, mediaIdentity } from '@odeon/rooms/protocol'
import type { Sql } from '../platform/database.ts'
import type { Ingress, IngressTarget } from './ingress.ts'
import { encoderLimits } from './protocol.ts'

interface Leased {
  ingressId: string
  lease: string
}

interface Wanted {
  id: string
  hostId: string
  name: string
}

/**
 * Who comes while another has the lease leaves it to them: they look again when they are done, and
 * see what is true then. Rejects when LiveKit does not do it.
 */
export async function pointKeys(sql: Sql, ingress: Ingress, channelId: string): Promise<void> {
  for (let turn = 0; turn < encoderLimits.pointTurnsMax; turn += 1) {
    const [stream] = await wantedOf(sql, channelId)
    const keys = await leasesOf(sql, channelId, stream?.id ?? null)
    if (keys.length === 0) return
    const done = await Promise.allSettled(keys.map((key) => pointOne(sql, ingress, key, stream)))
    const failed = done.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }
}

const wantedOf = (sql: Sql, channelId: string) => sql<Wanted>`
  select s.id, s.host_id as "hostId", c.name from streams s
  join channels c on c.id = s.channel_id
  join users u on u.id = s.host_id and u.suspended_at is null
  where s.channel_id = ${channelId} and s.medium = 'video' and s.phase <> 'ended'
  order by s.phase = 'live' desc, s.id desc limit 1`

/** Of keys that lead elsewhere, and of those whose lease ran out: its holder died, or LiveKit. */
const leasesOf = (sql: Sql, channelId: string, streamId: string | null) => sql<Leased>`
  update stream_keys set pointing = gen_random_uuid(),
    pointing_until = clock_timestamp() + ${`${encoderLimits.pointingMs} milliseconds`}::interval
  where channel_id = ${channelId} and not is_lost
    and (pointing is null or pointing_until < clock_timestamp())
    and (pointing is not null or stream_id is distinct from ${streamId}::uuid)
  returning ingress_id as "ingressId", pointing as lease`

async function pointOne(
  sql: Sql,
  ingress: Ingress,
  { ingressId, lease }: Leased,
  stream: Wanted | undefined,
): Promise<void> {
  const to: IngressTarget | null = stream
    ? {
        roomId: liveRoomId(stream.id),
        identity: mediaIdentity(stream.hostId, encoderTab),
        name: stream.name,
      }
    : null
  // When it fails LiveKit may have done it, or may do it yet: the lease stands until it runs out.
  const isLost = (await ingress.point(ingressId, to)) === 'gone'
  await sql`
    update stream_keys set stream_id = ${stream?.id ?? null}, is_lost = ${isLost},
      pointing = null, pointing_until = null
    where ingress_id = ${ingressId} and pointing = ${lease}`
}
