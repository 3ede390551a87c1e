/** Rooms composed and sent on by LiveKit's egress service. */
import {
  EgressClient,
  type EgressInfo,
  EncodedFileOutput,
  EncodedFileType,
  EncodingOptionsPreset,
  S3Upload,
  SegmentedFileOutput,
  ServerError,
  StreamOutput,
  StreamProtocol,
} from 'livekit-server-sdk'
import type { LiveKitAddress } from '../media/livekit/settings.ts'
import type { RecordingSettings } from '../recordings/settings.ts'
import { type Egress, EgressAway, EgressFull, type EgressRun } from './egress.ts'
import { outputLimits } from './protocol.ts'

/** By LiveKit's number: starting, active, ending, complete, failed, aborted, limit reached. */
const states = ['starting', 'live', 'ending', 'ended', 'failed', 'failed', 'failed'] as const
const streamStates = ['live', 'ended', 'failed'] as const

export interface LiveKitEgressDeps {
  /** Undefined while there is no LiveKit. */
  reach(): LiveKitAddress | undefined
  s3: RecordingSettings['s3']
}

export function livekitEgress({ reach, s3 }: LiveKitEgressDeps): Egress {
  const ask = async <T>(work: (client: EgressClient) => Promise<T>): Promise<T> => {
    const at = reach()
    if (at === undefined) throw new EgressAway('there is no LiveKit')
    const options = { requestTimeout: outputLimits.answerSeconds, failover: false }
    try {
      return await work(new EgressClient(at.url, at.apiKey, at.apiSecret, options))
    } catch (error) {
      throw awayFor(error as Error)
    }
  }
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
    return output ? { output } : {}
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

    startFilm: (roomId, { path, segments, isSound }) =>
      ask(async (client) => {
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
        return await begun(client.startRoomCompositeEgress(roomId, outputs, options))
      }),

    startStreams: (roomId, urls) =>
      ask(async (client) => {
        const stream = new StreamOutput({ protocol: StreamProtocol.RTMP, urls })
        const options = { layout: 'speaker', encodingOptions: preset }
        return await begun(client.startRoomCompositeEgress(roomId, { stream }, options))
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

function awayFor(error: Error): EgressAway {
  const isFull = error instanceof ServerError && fullStatuses.includes(error.status)
  return new (isFull ? EgressFull : EgressAway)(error.message, { cause: error })
}

/** LiveKit makes a room with its first person and forgets it after the last. */
async function begun(starting: Promise<EgressInfo>): Promise<EgressRun | undefined> {
  const info = await known(starting)
  return info && run(info)
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
    streams: streamResults.map((one) => ({
      address: one.url,
      state: streamStates[one.status],
      problem: one.error,
    })),
    files: fileResults.map(({ filename, size, duration, startedAt }) => ({
      path: filename,
      bytes: Number(size),
      durationMs: msOf(duration),
      startedAt: msOf(startedAt),
    })),
  }
}

/** LiveKit counts in nanoseconds. */
const msOf = (ns: bigint) => Math.round(Number(ns) / 1_000_000)

function sendsStreams({ request }: EgressInfo): boolean {
  return request.case === 'roomComposite' && request.value.streamOutputs.length > 0
}
