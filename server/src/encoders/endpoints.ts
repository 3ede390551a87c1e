/** Stream keys over HTTP; a channel's owner alone sees, makes and revokes them. */
import { z } from 'zod'
import type { Channels } from '../channels/channels.ts'
import { handleParams, noSuchChannel, ownerOnly } from '../channels/endpoints.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { encoderProtocol, encoderProtocols, encoderView, madeKey } from './protocol.ts'
import type { EncoderAddresses } from './settings.ts'
import type { StreamKeys } from './stream-keys.ts'

const refusals = { not_found: noSuchChannel, not_allowed: ownerOnly }
const ofProtocol = handleParams.extend({ protocol: encoderProtocol })
const keyPath = '/v1/channels/:handle/encoder/:protocol'

export interface EncoderEndpointsDeps {
  channels: Pick<Channels, 'owned'>
  keys: StreamKeys
  addresses: EncoderAddresses
}

export function encoderEndpoints({ channels, keys, addresses }: EncoderEndpointsDeps): Endpoint[] {
  return [
    endpoint(
      {
        method: 'GET',
        path: '/v1/channels/:handle/encoder',
        summary: 'What encoders may send to your channel by, and how they stand now. No keys.',
        auth: 'account',
        params: handleParams,
        refusals,
        reply: encoderView,
      },
      async ({ params, identity, settle }) => {
        const { id } = settle(await channels.owned(params.handle, identity.userId))
        const protocols = encoderProtocols.filter((one) => addresses[one] !== undefined)
        return { protocols, keys: await keys.of(id) }
      },
    ),
    endpoint(
      {
        method: 'POST',
        path: keyPath,
        summary: 'A new key for encoders, shown this once. The one before is good no more.',
        auth: 'account',
        params: ofProtocol,
        status: 201,
        refusals: {
          ...refusals,
          ingress_unavailable: {
            status: 503,
            text: 'Encoders cannot send here now. Go live from this page instead.',
          },
        },
        reply: madeKey,
      },
      async ({ params, identity, settle }) => {
        const own = settle(await channels.owned(params.handle, identity.userId))
        return settle(await keys.make(own, params.protocol))
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path: keyPath,
        summary: 'Takes a key back; who sends by it is cut off.',
        auth: 'account',
        params: ofProtocol,
        refusals,
        reply: z.undefined(),
      },
      async ({ params, identity, settle, refuse }) => {
        const { id } = settle(await channels.owned(params.handle, identity.userId))
        if (!(await keys.revoke(id, params.protocol))) refuse('not_found')
        return undefined
      },
    ),
  ]
}
