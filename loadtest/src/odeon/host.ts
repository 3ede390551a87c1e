/**
 * Odeon under load: the real kit with ports that cost nothing, real matchmaking and joins. Frames
 * are kept in the Redis of `JOURNAL_URL` before they are seen, where one is named.
 */
import { RedisJournal } from '../../../server/src/journal/redis-journal.ts'
import { openRedis } from '../../../server/src/platform/redis.ts'
import { deflateAgreement, joinHandshakes, shareDeflate } from '@odeon/rooms'
import { hashOf, longestQueue, openRoom, sampledQueue } from '../hosts/colyseus-host.ts'
import { Drive } from '../hosts/drive.ts'
import { obey } from '../hosts/obey.ts'
import { defineBenchRoom } from './bench-room.ts'
import { quietPorts } from './quiet-ports.ts'
import { seatRoute } from './seat-route.ts'

/** As in service; other benchmarks measure without. */
const compresses = process.env['COMPRESSION'] === 'on'
const deflate = { agreement: deflateAgreement, share: shareDeflate }
const journalUrl = process.env['JOURNAL_URL']
const redis = journalUrl && (await openRedis(journalUrl, quietPorts.logger))
const journal = redis ? new RedisJournal(redis) : undefined
const BenchRoom = defineBenchRoom({ ...quietPorts, journal })
const { room, ready } = await openRoom(
  (server) => server.define('bench', BenchRoom as never),
  // Its rooms ping for themselves.
  {
    pingEveryMs: 0,
    answer: seatRoute,
    prepare: joinHandshakes,
    ...(compresses && { deflate }),
  },
)
const odeon = room as unknown as InstanceType<typeof BenchRoom>
const drive = new Drive({
  say: (text) => odeon.say(text),
  flush: () => odeon.flush(),
  isBusy: () => odeon.isBusy,
  kept: () => odeon.kept,
  queuedBytes: () => sampledQueue(room),
  change: (tick) => odeon.change(tick),
})
obey(
  drive,
  {
    members: () => room.clients.length,
    reactions: () => odeon.reactions,
    stateHash: () => hashOf(odeon.state),
    queuedBytesMax: () => longestQueue(room),
  },
  ready,
)
