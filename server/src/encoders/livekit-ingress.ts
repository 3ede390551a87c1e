/** Encoders taken in by LiveKit's ingress service, which makes the keys and checks them. */
import {
  IngressAudioOptions,
  IngressClient,
  type IngressInfo,
  IngressInput,
  IngressVideoOptions,
  ServerError,
  TrackSource,
} from 'livekit-server-sdk'
import type { LiveKitAddress } from '../media/livekit/settings.ts'
import { type Ingress, IngressAway, type IngressLook } from './ingress.ts'
import { encoderLimits, type EncoderProtocol } from './protocol.ts'

const inputs: Record<EncoderProtocol, IngressInput> = {
  rtmp: IngressInput.RTMP_INPUT,
  whip: IngressInput.WHIP_INPUT,
}

/** By LiveKit's number: inactive, buffering, publishing, error, complete. */
const connections = ['away', 'connecting', 'sending', 'failed', 'away'] as const

/** What LiveKit says of who was cut off because their key leads elsewhere, or nowhere, by now. */
const cutOff = 'context canceled'

/** `reach` is undefined while there is no LiveKit. */
export function livekitIngress(reach: () => LiveKitAddress | undefined): Ingress {
  const ask = async <T>(work: (client: IngressClient) => Promise<T>): Promise<T | 'gone'> => {
    const at = reach()
    if (at === undefined) throw new IngressAway('there is no LiveKit')
    const options = { requestTimeout: encoderLimits.answerSeconds, failover: false }
    try {
      return await work(new IngressClient(at.url, at.apiKey, at.apiSecret, options))
    } catch (error) {
      if (error instanceof ServerError && error.status === 404) return 'gone'
      throw new IngressAway((error as Error).message, { cause: error })
    }
  }

  return {
    async create({ protocol, identity, label }) {
      const made = await ask((client) =>
        client.createIngress(inputs[protocol], {
          name: label,
          roomName: '',
          participantIdentity: identity,
          enabled: false,
          video: new IngressVideoOptions({ source: TrackSource.CAMERA }),
          audio: new IngressAudioOptions({ source: TrackSource.MICROPHONE }),
        }),
      )
      if (made === 'gone' || made.streamKey === '') throw new IngressAway('no key was made')
      return { ingressId: made.ingressId, key: made.streamKey }
    },

    async point(ingressId, to) {
      const pointed = await ask((client) =>
        client.updateIngress(ingressId, {
          name: '',
          enabled: to !== null,
          ...(to && {
            roomName: to.roomId,
            participantIdentity: to.identity,
            participantName: to.name,
          }),
        }),
      )
      return pointed === 'gone' ? 'gone' : 'done'
    },

    remove: async (ingressId) => void (await ask((client) => client.deleteIngress(ingressId))),

    async look(ingressId) {
      const found = await ask((client) => client.listIngress({ ingressId }))
      const [info] = found === 'gone' ? [] : found
      return info === undefined ? 'gone' : looked(info)
    },

    async list() {
      const found = await ask((client) => client.listIngress())
      const all = found === 'gone' ? [] : found
      return all.map(({ ingressId, name }) => ({ ingressId, label: name }))
    },
  }
}

function looked({ streamKey, state }: IngressInfo): IngressLook {
  const said = connections[state?.status ?? 0] ?? 'away'
  const connection = said === 'failed' && state?.error === cutOff ? 'away' : said
  const isThere = connection === 'connecting' || connection === 'sending'
  // It keeps what it said of the last one who came, also once that is no more.
  const { video, audio } = (isThere && state) || {}
  return {
    key: streamKey,
    connection,
    problem: connection === 'failed' ? (state?.error ?? '') : '',
    endedAt: Number((state?.endedAt ?? 0n) / 1_000_000n),
    video: video
      ? {
          width: video.width,
          height: video.height,
          framesPerSecond: video.framerate,
        }
      : null,
    audio: audio ? { channels: audio.channels } : null,
  }
}
