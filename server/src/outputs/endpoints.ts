/** Where streams are sent on to, over HTTP, for a channel's owner. */
import { z } from 'zod'
import type { Channels } from '../channels/channels.ts'
import { handleParams, noSuchChannel, ownerOnly } from '../channels/endpoints.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { uuid } from '../platform/http/ids.ts'
import type { Destinations } from './destinations.ts'
import {
  destinationChange,
  destinationsView,
  destinationView,
  newDestination,
  outputLimits,
} from './protocol.ts'
import type { OutputSettings } from './settings.ts'

const refusals = { not_found: noSuchChannel, not_allowed: ownerOnly }
const noSuchDestination = { status: 404, text: 'There is no such destination.' }
const path = '/v1/channels/:handle/destinations'
const one = handleParams.extend({ id: uuid })

export interface OutputEndpointsDeps {
  channels: Pick<Channels, 'owned'>
  destinations: Destinations
  settings: OutputSettings | undefined
}

export function outputEndpoints(deps: OutputEndpointsDeps): Endpoint[] {
  return [...destinationEndpoints(deps), ...changeEndpoints(deps)]
}

function destinationEndpoints(deps: OutputEndpointsDeps): Endpoint[] {
  const { channels, destinations, settings } = deps
  return [
    endpoint(
      {
        method: 'GET',
        path,
        summary: 'Where your streams are sent on to, and how that goes. No keys.',
        auth: 'account',
        params: handleParams,
        refusals,
        reply: destinationsView,
      },
      async ({ params, identity, settle }) => {
        const { id } = settle(await channels.owned(params.handle, identity.userId))
        const { destinationsMax } = outputLimits
        const isOffered = settings !== undefined
        return { isOffered, destinationsMax, destinations: await destinations.of(id) }
      },
    ),
    endpoint(
      {
        method: 'POST',
        path,
        summary: 'Sends your streams on to another site, too. Its key is kept sealed.',
        auth: 'account',
        params: handleParams,
        body: newDestination,
        status: 201,
        refusals: {
          ...refusals,
          egress_unavailable: {
            status: 503,
            text: 'Streams cannot be sent on from here: whoever runs this server can turn it on.',
          },
          destination_refused: {
            status: 422,
            text: 'Use the rtmp or rtmps address of another site, without the key.',
          },
          too_many_destinations: {
            status: 409,
            text: `At most ${outputLimits.destinationsMax} destinations. Remove one first.`,
          },
        },
        reply: destinationView,
      },
      async ({ params, body, identity, settle }) => {
        const { id } = settle(await channels.owned(params.handle, identity.userId))
        return settle(await destinations.add(id, body))
      },
    ),
  ]
}

function changeEndpoints({ channels, destinations }: OutputEndpointsDeps): Endpoint[] {
  return [
    endpoint(
      {
        method: 'PATCH',
        path: `${path}/:id`,
        summary: 'Renames a destination, gives it another key, turns it on or off, tries it again.',
        auth: 'account',
        params: one,
        body: destinationChange,
        refusals: {
          ...refusals,
          no_such_destination: noSuchDestination,
          output_minutes_spent: {
            status: 429,
            text: 'What may be filmed and sent on in a day is used up until midnight, UTC.',
          },
        },
        reply: destinationView,
      },
      async ({ params, body, identity, settle }) => {
        const { id } = settle(await channels.owned(params.handle, identity.userId))
        return settle(await destinations.change(id, params.id, body))
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path: `${path}/:id`,
        summary: 'Sends nothing there any more and forgets its key.',
        auth: 'account',
        params: one,
        refusals: { ...refusals, no_such_destination: noSuchDestination },
        reply: z.undefined(),
      },
      async ({ params, identity, settle, refuse }) => {
        const { id } = settle(await channels.owned(params.handle, identity.userId))
        if (!(await destinations.remove(id, params.id))) refuse('no_such_destination')
        return undefined
      },
    ),
  ]
}
