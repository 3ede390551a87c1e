/** Films over HTTP: how filming goes, links to what may be seen, publishing, removing, HLS. */
import { z } from 'zod'
import type { Channels } from '../channels/channels.ts'
import { handleParams, noSuchChannel, ownerOnly } from '../channels/endpoints.ts'
import { partOf } from '../platform/http/byte-range.ts'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { uuid } from '../platform/http/ids.ts'
import { FileReply } from '../platform/http/send-reply.ts'
import { type ChannelFilmsDeps, filmsOfChannel } from './channel-films.ts'
import { filmAgain, type FilmAgainDeps } from './film-again.ts'
import type { FilmLinks } from './film-links.ts'
import { filmType, savedAs } from './film-store.ts'
import { type Films, hlsOf } from './films.ts'
import { channelFilmsView, filmChange, filmingAgain, filmsView, filmView } from './protocol.ts'

export interface FilmEndpointsDeps extends ChannelFilmsDeps {
  channels: Pick<Channels, 'owned'>
  films: Films
  links: FilmLinks
  streams: FilmAgainDeps['streams']
  changed: FilmAgainDeps['changed']
}

const noSuchStream = { status: 404, text: 'There is no such stream.' }
const noSuchFilm = { status: 404, text: 'There is no such film, or its link is good no more.' }
const minutesSpent = {
  status: 429,
  text: 'What may be filmed in a day is used up until midnight, UTC.',
}
const params = z.object({ id: uuid })

export function filmEndpoints(deps: FilmEndpointsDeps): Endpoint[] {
  return [
    listEndpoint(deps),
    againEndpoint(deps),
    channelEndpoint(deps),
    changeEndpoint(deps),
    fileEndpoint(deps),
    hlsEndpoint(deps),
  ]
}

function listEndpoint({ films }: FilmEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/streams/:id/films',
      summary: 'Films of a stream with links that are good for a while: published ones, or yours.',
      auth: 'optional',
      params,
      refusals: { not_found: noSuchStream },
      reply: filmsView,
    },
    async ({ params: { id }, identity, refuse }) =>
      (await films.of(id, identity)) ?? refuse('not_found'),
  )
}

function againEndpoint(deps: FilmEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'POST',
      path: '/v1/streams/:id/films',
      summary: 'Films your live stream again after filming failed too often.',
      auth: 'account',
      params,
      refusals: {
        not_found: noSuchStream,
        not_allowed: { status: 403, text: 'Only the host of the stream decides over its films.' },
        not_failed: { status: 409, text: 'Filming has not failed here, or the stream is over.' },
        output_minutes_spent: minutesSpent,
      },
      reply: filmingAgain,
    },
    async ({ params: { id }, identity, settle }) => {
      const { settings } = deps
      const asked = { ...deps, minutesADay: settings?.minutesADay ?? 0 }
      return { filming: settle(await filmAgain(asked, id, identity)) }
    },
  )
}

function channelEndpoint(deps: FilmEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/channels/:handle/films',
      summary: 'All films of your channel by stream, the newest first, and how they are made.',
      auth: 'account',
      params: handleParams,
      query: z.object({ before: uuid.optional() }),
      refusals: { not_found: noSuchChannel, not_allowed: ownerOnly },
      reply: channelFilmsView,
    },
    async ({ params, query, identity, settle }) => {
      const { id } = settle(await deps.channels.owned(params.handle, identity.userId))
      return await filmsOfChannel(deps, id, query.before)
    },
  )
}

function changeEndpoint({ films }: FilmEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'PATCH',
      path: '/v1/streams/:id/films/:film',
      summary: 'Publishes a film to all who may see the stream, removes it, or has it back.',
      auth: 'account',
      params: z.object({ id: uuid, film: uuid }),
      body: filmChange,
      refusals: {
        not_found: { status: 404, text: 'There is no such film.' },
        not_allowed: { status: 403, text: 'Only the host of the stream decides over its films.' },
        too_late: {
          status: 409,
          text: 'The film is gone. It could be had back for half a minute.',
        },
        others_removal: {
          status: 403,
          text: 'Somebody else removed this film, so only they can have it back.',
        },
        films_out_of_reach: {
          status: 503,
          text: 'Films cannot be reached from here: whoever runs this server can set FILMS_DIR.',
        },
      },
      reply: filmView,
    },
    async ({ params: { id, film }, body, identity, settle }) =>
      settle(await films.change(id, film, identity, body)),
  )
}

function fileEndpoint({ films, links, store, world }: FilmEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/films/:id',
      summary: 'A film, in parts too, for whoever has a link that is good.',
      auth: 'none',
      params,
      query: z.object({
        until: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
        sum: z.string().max(64),
        save: z.literal('1').optional(),
        house: z.literal('1').optional(),
      }),
      limit: [{ limit: 'replay' }],
      refusals: {
        not_found: noSuchFilm,
        range_not_satisfiable: { status: 416, text: 'It is not that long.' },
      },
      produces: 'video/mp4',
      reply: z.instanceof(FileReply),
    },
    async ({ params: { id }, query: { until, sum, save, house }, header, refuse }) => {
      const by = { isHouse: house === '1' }
      const link = { id, until, isSaved: save === '1', ...by }
      const isGood = links.isGood(link, sum, world.now())
      const path = (isGood ? await films.path(id, by) : undefined) ?? refuse('not_found')
      const file = (await store?.open?.(path)) ?? refuse('not_found')
      const { size } = await file.stat()
      const etag = `"${id}"`
      const part = partOf(header('range'), header('if-range') ?? etag, etag, size)
      if (part === null || size === 0) {
        await file.close()
        return refuse('range_not_satisfiable')
      }
      const headers = {
        'content-type': filmType(path),
        'cache-control': 'private, no-store',
        'accept-ranges': 'bytes',
        etag,
        'x-content-type-options': 'nosniff',
        ...(save && { 'content-disposition': savedAs(path.slice(path.lastIndexOf('/') + 1)) }),
      }
      if (part === undefined) return new FileReply(file, headers, [0, size - 1])
      const range = { 'content-range': `bytes ${part[0]}-${part[1]}/${size}` }
      return new FileReply(file, { ...headers, ...range }, part, 206)
    },
  )
}

function hlsEndpoint({ sql, settings }: FilmEndpointsDeps): Endpoint {
  return endpoint(
    {
      method: 'GET',
      path: '/v1/streams/:id/hls',
      summary: 'Where a live stream is played over HTTP, some seconds late; null while it is not.',
      auth: 'none',
      params,
      reply: z.object({ url: z.string().nullable() }),
    },
    async ({ params: { id } }) => ({ url: await hlsOf(sql, id, settings?.hlsUrl) }),
  )
}
