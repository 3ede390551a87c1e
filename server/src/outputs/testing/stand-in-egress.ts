/** LiveKit's egress service, stood in for: what it runs is here to be looked at and to fail. */
import {
  EgressInfo,
  EgressStatus,
  FileInfo,
  ListEgressRequest,
  ListParticipantsRequest,
  ListParticipantsResponse,
  ParticipantInfo_Kind,
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
  /** Who begins is answered when this is over: LiveKit asks its workers again and again. */
  gate: Promise<void>
  /** While true no program comes up in time. */
  isStuck: boolean
  /** While true no destination can be removed, as one that was added twice and failed once. */
  isLost: boolean
  /** While true nothing that is added is sent to or told of: a lost receiver made it hang. */
  isHung: boolean
  /** While true nobody shows anything: what is begun waits for a first picture. */
  isDark: boolean
  /** While true whatever is begun falls over. */
  isBroken: boolean
  /** While true nobody is in any room. */
  isEmpty: boolean
  /** While true what is stopped is not over before `finish`: its file is stored. */
  isSlow: boolean
  finish(): void
  /** All that runs ends of itself, as it does when everybody left or a limit is met. */
  close(how: 'left' | 'limit'): void
  /** Ids of those whose browser crashed: they go on, and are not in their room any more. */
  blind: Set<string>
  /** Ids of those whose worker died: they go on for ever, and cannot be stopped. */
  dead: Set<string>
  /** Ids of those that answer, and do not stop when they are told. */
  deaf: Set<string>
}

/** The port in front of it. */
export const egressOf = (standIn: StandIn) => livekitEgress({ reach: () => standIn, s3: undefined })

const { ACTIVE } = StreamInfo_Status

const isActive = ({ status }: EgressInfo) => status < EgressStatus.EGRESS_COMPLETE

/** As the service keeps what it was asked for. */
function withoutKeys(asked: RoomCompositeEgressRequest): RoomCompositeEgressRequest {
  const copy = asked.clone()
  for (const output of copy.streamOutputs) output.urls = output.urls.map(redacted)
  return copy
}

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

  const complete = (info: EgressInfo, status = EgressStatus.EGRESS_COMPLETE) => {
    info.status = status
    for (const file of info.fileResults)
      Object.assign(file, {
        size: BigInt(all.film.bytes),
        duration: BigInt(all.film.durationMs) * 1_000_000n,
        startedAt: BigInt(all.film.startedAt) * 1_000_000n,
      })
    for (const one of info.streamResults) one.status = StreamInfo_Status.FINISHED
  }
  const standIn: StandIn = await standInLiveKit({
    'Egress/StartRoomCompositeEgress': async (body) => {
      await all.gate
      if (all.isEmpty) throw new Twirp(404, 'requested room does not exist')
      if (all.isStuck) throw new Twirp(404, 'egress not found')
      if (all.isBroken) throw new Twirp(500, 'the pipeline fell over')
      if (all.isFull) throw new Twirp(503, 'no response from servers')
      const asked = RoomCompositeEgressRequest.fromJson(body)
      orders.push(asked)
      const info = new EgressInfo({
        egressId: `EG_${runs.length + 1}`,
        roomName: asked.roomName,
        status: EgressStatus.EGRESS_STARTING,
        request: { case: 'roomComposite', value: withoutKeys(asked) },
        streamResults: asked.streamOutputs.flatMap(({ urls }) => urls.map(sent)),
        fileResults: asked.fileOutputs.map(({ filepath }) => new FileInfo({ filename: filepath })),
      })
      runs.push(info)
      return info.toJson()
    },
    'Egress/UpdateStream': (body) => {
      const asked = UpdateStreamRequest.fromJson(body)
      const { addOutputUrls, removeOutputUrls } = asked
      if (addOutputUrls.length + removeOutputUrls.length > 0) updates.push(asked)
      const info = run(asked.egressId)
      if (!isActive(info)) throw new Twirp(412, `egress with status ${info.status}`)
      if (all.dead.has(info.egressId)) throw new Twirp(503, 'no response from servers')
      if (info.streamResults.length === 0) {
        throw new Twirp(400, 'UpdateStream called on non-streaming egress')
      }
      if (!all.isHung) info.streamResults.push(...addOutputUrls.map(sent))
      const live = () => info.streamResults.filter(({ status }) => status === ACTIVE)
      for (const url of removeOutputUrls) {
        const one = live().find((each) => each.url === redacted(url))
        if (one === undefined || all.isLost) throw new Twirp(404, `stream ${url} not found`)
        one.status = StreamInfo_Status.FINISHED
      }
      if (live().length === 0) complete(info)
      return info.toJson()
    },
    'Egress/ListEgress': (body) => {
      const { roomName, egressId, active } = ListEgressRequest.fromJson(body)
      if (egressId !== '') run(egressId)
      for (const one of runs) {
        const isNext = one.status === EgressStatus.EGRESS_STARTING && !all.isDark
        if (isNext) one.status = EgressStatus.EGRESS_ACTIVE
      }
      const items = runs.filter(
        (one) =>
          (roomName === '' || one.roomName === roomName) &&
          (egressId === '' || one.egressId === egressId) &&
          (!active || isActive(one)),
      )
      return { items: items.map((one) => one.toJson()) }
    },
    'RoomService/ListParticipants': (body) => {
      const { room } = ListParticipantsRequest.fromJson(body)
      const inside = runs.filter((one) => one.roomName === room && isActive(one))
      const seen = inside.filter(({ egressId: id }) => !all.blind.has(id) && !all.dead.has(id))
      const { EGRESS: kind } = ParticipantInfo_Kind
      const participants = seen.map(({ egressId: identity }) => ({ identity, kind }))
      return new ListParticipantsResponse({ participants }).toJson()
    },
    'Egress/StopEgress': (body) => {
      const info = run(StopEgressRequest.fromJson(body).egressId)
      // After three seconds: it says neither that it runs nor that it does not.
      const isMute = all.dead.has(info.egressId) || all.deaf.has(info.egressId)
      if (isMute) throw new Twirp(408, 'request timed out')
      if (!isActive(info)) throw new Twirp(412, 'egress is over')
      if (info.status === EgressStatus.EGRESS_STARTING) {
        info.status = EgressStatus.EGRESS_ABORTED
        info.error = 'Stop called before pipeline could start'
        return info.toJson()
      }
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
    gate: Promise.resolve(),
    isStuck: false,
    isLost: false,
    isHung: false,
    isDark: false,
    isBroken: false,
    isEmpty: false,
    isSlow: false,
    finish: () => {
      for (const one of runs) if (one.status === EgressStatus.EGRESS_ENDING) complete(one)
    },
    close: (how: 'left' | 'limit') => {
      for (const one of runs.filter(isActive)) {
        if (how === 'limit') complete(one, EgressStatus.EGRESS_LIMIT_REACHED)
        else complete(one)
        one.details = how === 'left' ? 'End reason: Source closed' : ''
        one.startedAt = BigInt(Date.now() - 60_000) * 1_000_000n
        one.endedAt = BigInt(Date.now()) * 1_000_000n
      }
    },
    blind: new Set<string>(),
    dead: new Set<string>(),
    deaf: new Set<string>(),
  })
  return all
}
