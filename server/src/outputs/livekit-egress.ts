/** Rooms composed and sent on by LiveKit's egress service. */
import {
  EgressClient,
  type EgressInfo,
  EgressStatus,
  EncodedFileOutput,
  EncodedFileType,
  EncodingOptionsPreset,
  RoomServiceClient,
  S3Upload,
  SegmentedFileOutput,
  ServerError,
  StreamOutput,
  StreamProtocol,
} from 'livekit-server-sdk'
import type { LiveKitAddress } from '../media/livekit/settings.ts'
import type { RecordingSettings } from '../recordings/settings.ts'
import { siteOf } from './destination-address.ts'
import { type Egress, EgressAway, EgressFull, type EgressRun } from './egress.ts'
import { outputLimits } from './protocol.ts'

/** By LiveKit's number: starting, active, ending, complete, failed, aborted, limit reached. */
const states = ['starting', 'live', 'ending', 'ended', 'failed', 'ended', 'ended'] as const
const streamStates = ['live', 'ended', 'failed'] as const

export interface LiveKitEgressDeps {
  /** Undefined while there is no LiveKit. */
  reach(): LiveKitAddress | undefined
  s3: RecordingSettings['s3']
}

type Work<T> = (client: EgressClient, rooms: RoomServiceClient) => Promise<T>

export function livekitEgress({ reach, s3 }: LiveKitEgressDeps): Egress {
  const asked = async <T>(seconds: number, work: Work<T>): Promise<T> => {
    const at = reach()
    if (at === undefined) throw new EgressAway('there is no LiveKit')
    const its = [at.url, at.apiKey, at.apiSecret] as const
    const options = { requestTimeout: seconds, failover: false }
    return await work(new EgressClient(...its, options), new RoomServiceClient(...its, options))
  }
  const ask = <T>(work: Work<T>) =>
    asked(outputLimits.answerSeconds, work).catch((error: Error) => {
      throw new EgressAway(error.message, { cause: error })
    })
  const begin = (work: Work<EgressInfo>) =>
    asked(outputLimits.startSeconds, work).then(run, (error: Error) => {
      if (isNobodyThere(error)) return undefined
      const isFull = fullStatuses.includes(statusOf(error))
      throw new (isFull ? EgressFull : EgressAway)(error.message, { cause: error })
    })
  const store = () =>
    s3 && {
      case: 's3' as const,
      value: new S3Upload({
        accessKey: s3.accessKeyId,
        secret: s3.secretAccessKey,
        region: s3.region,
        endpoint: s3.endpoint,
        bucket: s3.bucket,
        forcePathStyle: true,
      }),
    }
  const stored = () => {
    const output = store()
    // A list of what it wrote would tell who watches segments the film's name, and be left behind.
    return { disableManifest: true, ...(output && { output }) }
  }
  const preset = EncodingOptionsPreset.H264_720P_30

  return {
    running: (roomName) =>
      ask(async (client) => (await client.listEgress({ roomName, active: true })).map(run)),

    look: (egressId) =>
      ask(async (client) => {
        const [info] = (await known(client.listEgress({ egressId }))) ?? []
        return info && run(info)
      }),

    pulse: (roomId, { id, state }) =>
      ask(async (client, rooms) => {
        if (!(await hasAnswered(client.updateStream(id, [], [])))) return 'none'
        if (state !== 'live') return 'well'
        const people = (await known(rooms.listParticipants(roomId))) ?? []
        return people.some(({ identity }) => identity === id) ? 'well' : 'blind'
      }),

    startFilm: (roomId, { path, segments, isSound }) =>
      begin((client) => {
        const fileType = isSound ? EncodedFileType.OGG : EncodedFileType.MP4
        const file = new EncodedFileOutput({ fileType, filepath: path, ...stored() })
        const hls = new SegmentedFileOutput({
          filenamePrefix: `${segments}/part`,
          playlistName: `${segments}/all.m3u8`,
          livePlaylistName: `${segments}/live.m3u8`,
          segmentDuration: outputLimits.segmentSeconds,
          ...stored(),
        })
        const outputs = segments === undefined ? { file } : { file, segments: hls }
        const options = {
          layout: 'speaker',
          audioOnly: isSound,
          ...(!isSound && { encodingOptions: preset }),
        }
        return client.startRoomCompositeEgress(roomId, outputs, options)
      }),

    startStreams: (roomId, urls) =>
      begin((client) => {
        const stream = new StreamOutput({ protocol: StreamProtocol.RTMP, urls })
        const options = { layout: 'speaker', encodingOptions: preset }
        return client.startRoomCompositeEgress(roomId, { stream }, options)
      }),

    changeStreams: (id, { add, remove }) =>
      ask(async (client) => void (await client.updateStream(id, add, remove))),

    stop: (id) =>
      ask(async (client) => {
        // It is over, or never was.
        await known(client.stopEgress(id), [404, 412])
      }),
  }
}

/** No worker has processors left, or a limit of the service is met. */
const fullStatuses = [429, 503]
/** No program listens, or what is asked about is over or was never there. */
const awayStatuses = [404, 412, 503]

/** 0: LiveKit did not answer. */
const statusOf = (error: Error) => (error instanceof ServerError ? error.status : 0)

/**
 * LiveKit makes a room with its first person and forgets it after the last. It says the same of a
 * program that did not come up in time.
 */
const isNobodyThere = (error: Error) => statusOf(error) === 404 && !/egress/i.test(error.message)

/**
 * Of a change that changes nothing: who sends streams says yes, who films that it sends none, and
 * of who is not there LiveKit tells what became of it.
 */
async function hasAnswered(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked
    return true
  } catch (error) {
    const status = statusOf(error as Error)
    if (status === 0) throw error
    return !awayStatuses.includes(status)
  }
}

/** Undefined when LiveKit says that there is no such thing. */
async function known<T>(asked: Promise<T>, statuses = [404]): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ServerError && statuses.includes(error.status)) return undefined
    throw error
  }
}

function run(info: EgressInfo): EgressRun {
  const { egressId: id, status, error, streamResults, fileResults } = info
  return {
    id,
    kind: streamResults.length > 0 || sendsStreams(info) ? 'streams' : 'film',
    state: states[status],
    problem: error,
    startedAt: msOf(info.startedAt),
    endedAt: msOf(info.endedAt),
    isOrderly: isOrderly(info),
    streams: streamResults.map((one) => ({
      address: siteOf(one.url),
      state: streamStates[one.status],
      problem: one.error,
      retriedAt: msOf(one.lastRetryAt),
    })),
    files: fileResults.map(({ filename, size, duration, startedAt }) => ({
      path: filename,
      bytes: Number(size),
      durationMs: msOf(duration),
      startedAt: msOf(startedAt),
    })),
  }
}

/** The template closes when the room does; before a first picture that is a failure. */
const isOrderly = ({ status, details }: EgressInfo) =>
  status === EgressStatus.EGRESS_LIMIT_REACHED ||
  (status === EgressStatus.EGRESS_COMPLETE && details.endsWith(sourceClosed))

const sourceClosed = 'Source closed'

/** LiveKit counts in nanoseconds. */
const msOf = (ns: bigint) => Math.round(Number(ns) / 1_000_000)

function sendsStreams({ request }: EgressInfo): boolean {
  return request.case === 'roomComposite' && request.value.streamOutputs.length > 0
}
