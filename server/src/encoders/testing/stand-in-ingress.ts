/** LiveKit's ingress service, stood in for: its entries are here to be looked at and moved. */
import {
  CreateIngressRequest,
  DeleteIngressRequest,
  IngressInfo,
  IngressState,
  ListIngressRequest,
  UpdateIngressRequest,
} from '@livekit/protocol'
import {
  type StandIn,
  standInLiveKit,
  Twirp,
} from '../../media/livekit/testing/stand-in-livekit.ts'

export { IngressState_Status } from '@livekit/protocol'

export interface StandInIngress extends StandIn {
  /** By id. */
  entries: Map<string, IngressInfo>
  /** An encoder came, or what becomes of it. */
  becomes(ingressId: string, state: Partial<IngressState>): void
}

export async function standInIngress(): Promise<StandInIngress> {
  const entries = new Map<string, IngressInfo>()
  const entry = (id: string) => {
    const found = entries.get(id)
    if (found === undefined) throw new Twirp(404, 'ingress does not exist')
    return found
  }
  let made = 0
  const standIn = await standInLiveKit({
    'Ingress/CreateIngress': (body) => {
      const { inputType, name, roomName, enabled, ...asked } = CreateIngressRequest.fromJson(body)
      const { participantIdentity, participantName } = asked
      made += 1
      const info = new IngressInfo({
        inputType,
        name,
        roomName,
        enabled: enabled ?? true,
        participantIdentity,
        participantName,
        ingressId: `IN_${made}`,
        streamKey: `key-number-${made}`,
        reusable: true,
        state: new IngressState(),
      })
      entries.set(info.ingressId, info)
      return info.toJson()
    },
    'Ingress/UpdateIngress': (body) => {
      const { ingressId, ...change } = UpdateIngressRequest.fromJson(body)
      const found = entry(ingressId)
      found.roomName = change.roomName || found.roomName
      found.participantIdentity = change.participantIdentity || found.participantIdentity
      found.participantName = change.participantName || found.participantName
      if (change.enabled !== undefined) found.enabled = change.enabled
      return found.toJson()
    },
    'Ingress/ListIngress': (body) => {
      const { ingressId } = ListIngressRequest.fromJson(body)
      const found = ingressId === '' ? [...entries.values()] : [entry(ingressId)]
      return { items: found.map((one) => one.toJson()) }
    },
    'Ingress/DeleteIngress': (body) => {
      const found = entry(DeleteIngressRequest.fromJson(body).ingressId)
      entries.delete(found.ingressId)
      return found.toJson()
    },
  })
  return Object.assign(standIn, {
    entries,
    becomes: (id: string, state: Partial<IngressState>) => {
      entry(id).state = new IngressState(state)
    },
  })
}
