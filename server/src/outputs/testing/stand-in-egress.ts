/** LiveKit's egress service, stood in for: what it runs is here to be looked at and to fail. */
import {
  EgressInfo,
  EgressStatus,
  FileInfo,
  ListEgressRequest,
  RoomCompositeEgressRequest,
  StopEgressRequest,
  StreamInfo,
  StreamInfo_Status,
  UpdateStreamRequest,
} from '@livekit/protocol'
import {
  type StandIn,
  standInLiveKit,
  Twirp,
} from '../../media/livekit/testing/stand-in-livekit.ts'
import { redacted } from '../destination-address.ts'
import { livekitEgress } from '../livekit-egress.ts'

export interface StandInEgress extends StandIn {
  /** In the order in which they were begun. */
  runs: EgressInfo[]
  /** What was asked for, with keys. */
  orders: RoomCompositeEgressRequest[]
  updates: UpdateStreamRequest[]
  /** What becomes of each film when it is over. Times in ms. */
  film: { bytes: number; durationMs: number; startedAt: number }
  /** While true nothing is begun for want of processors. */
  isFull: boolean
  /** While true whatever is begun falls over. */
  isBroken: boolean
  /** While true nobody is in any room. */
  isEmpty: boolean
  /** While true what is stopped is not over before `finish`: its file is stored. */
  isSlow: boolean
  finish(): void
  /** Ids of those whose worker died: they go on for ever, and cannot be stopped. */
  dead: Set<string>
}

/** The port in front of it. */
export const egressOf = (standIn: StandIn) => livekitEgress({ reach: () => standIn, s3: undefined })

const isActive = ({ status }: EgressInfo) => status < EgressStatus.EGRESS_COMPLETE

export async function standInEgress(): Promise<StandInEgress> {
  const runs: EgressInfo[] = []
  const orders: RoomCompositeEgressRequest[] = []
  const updates: UpdateStreamRequest[] = []
  const run = (id: string) => {
    const found = runs.find(({ egressId }) => egressId === id)
    if (found === undefined) throw new Twirp(404, 'egress does not exist')
    return found
  }
  const sent = (url: string) =>
    new StreamInfo({ url: redacted(url), status: StreamInfo_Status.ACTIVE })

  const complete = (info: EgressInfo) => {
    info.status = EgressStatus.EGRESS_COMPLETE
    for (const file of info.fileResults)
      Object.assign(file, {
        size: BigInt(all.film.bytes),
        duration: BigInt(all.film.durationMs) * 1_000_000n,
        startedAt: BigInt(all.film.startedAt) * 1_000_000n,
      })
    for (const one of info.streamResults) one.status = StreamInfo_Status.FINISHED
  }
  const standIn: StandIn = await standInLiveKit({
    'Egress/StartRoomCompositeEgress': (body) => {
      if (all.isEmpty) throw new Twirp(404, 'requested room does not exist')
      if (all.isBroken) throw new Twirp(500, 'the pipeline fell over')
      if (all.isFull) throw new Twirp(503, 'no response from servers')
      const asked = RoomCompositeEgressRequest.fromJson(body)
      orders.push(asked)
      const info = new EgressInfo({
        egressId: `EG_${runs.length + 1}`,
        roomName: asked.roomName,
        status: EgressStatus.EGRESS_ACTIVE,
        request: { case: 'roomComposite', value: asked },
        streamResults: asked.streamOutputs.flatMap(({ urls }) => urls.map(sent)),
        fileResults: asked.fileOutputs.map(({ filepath }) => new FileInfo({ filename: filepath })),
      })
      runs.push(info)
      return info.toJson()
    },
    'Egress/UpdateStream': (body) => {
      const asked = UpdateStreamRequest.fromJson(body)
      updates.push(asked)
      const info = run(asked.egressId)
      const gone = new Set(asked.removeOutputUrls.map(redacted))
      for (const one of info.streamResults) {
        if (gone.has(one.url)) one.status = StreamInfo_Status.FINISHED
      }
      info.streamResults.push(...asked.addOutputUrls.map(sent))
      return info.toJson()
    },
    'Egress/ListEgress': (body) => {
      const { roomName, egressId, active } = ListEgressRequest.fromJson(body)
      if (egressId !== '') run(egressId)
      const items = runs.filter(
        (one) =>
          (roomName === '' || one.roomName === roomName) &&
          (egressId === '' || one.egressId === egressId) &&
          (!active || isActive(one)),
      )
      return { items: items.map((one) => one.toJson()) }
    },
    'Egress/StopEgress': (body) => {
      const info = run(StopEgressRequest.fromJson(body).egressId)
      if (all.dead.has(info.egressId)) throw new Twirp(503, 'no response from servers')
      if (!isActive(info)) throw new Twirp(412, 'egress is over')
      info.status = EgressStatus.EGRESS_ENDING
      if (!all.isSlow) complete(info)
      return info.toJson()
    },
  })
  const all: StandInEgress = Object.assign(standIn, {
    runs,
    orders,
    updates,
    film: { bytes: 1_000, durationMs: 90_000, startedAt: 1_800_000_000_000 },
    isFull: false,
    isBroken: false,
    isEmpty: false,
    isSlow: false,
    finish: () => {
      for (const one of runs) if (one.status === EgressStatus.EGRESS_ENDING) complete(one)
    },
    dead: new Set<string>(),
  })
  return all
}
