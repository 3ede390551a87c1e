/** Shared ban lists over HTTP (C8): the host keeps and follows them, the crew fills them. */
import { problem } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { plainLine, plainText } from '../../channels/protocol.ts'
import { type Endpoint, endpoint } from '../../platform/http/endpoint.ts'
import { doorOf } from '../authority.ts'
import type { ModerationDeps } from '../deps.ts'
import { listLimits } from '../lists/list-limits.ts'
import { addEntry, changeList, makeList, removeList, revokeEntry } from '../lists/own-lists.ts'
import { readEntries, readLists } from '../lists/read-lists.ts'
import { subscribe, unsubscribe } from '../lists/subscriptions.ts'
import { handleParams, pageQuery, reason } from '../protocol.ts'
import { noChannel, noSuchPerson, notYours } from './channel-endpoints.ts'
import { uuid } from '../../platform/http/ids.ts'

const somewhere = z.object({ id: uuid, handle: z.string(), name: z.string() })
const mode = z.enum(['mark', 'ban'])
const listView = z.object({
  id: uuid,
  name: z.string(),
  about: z.string(),
  isPublished: z.boolean(),
  entries: z.number().int(),
  subscribers: z.number().int(),
  channel: somewhere,
  at: z.number(),
  mode: mode.nullable(),
  bans: z.number().int(),
})
const entryView = z.object({
  id: uuid,
  person: z.object({ id: uuid, name: z.string(), username: z.string().nullable() }),
  source: z.string(),
  reason: z.string().nullable(),
  expiresAt: z.number().nullable(),
  at: z.number(),
})
const words = z.strictObject({
  name: plainLine(listLimits.nameCharsMax),
  about: plainText(listLimits.aboutCharsMax),
  isPublished: z.boolean(),
})
const newList = words.partial({ about: true, isPublished: true })
const listChange = words
  .partial()
  .refine((change) => Object.keys(change).length > 0, problem('nothing_changed'))

const refusals = {
  not_found: noChannel,
  not_allowed: notYours,
  no_such_list: { status: 404, text: 'There is no such list.' },
}
const tooMany = { status: 409, text: 'There are too many of them already.' }
const path = '/v1/channels/:handle/ban-lists'
const listParams = z.object({ ...handleParams.shape, listId: uuid })
const made = z.object({ id: uuid })

export function listEndpoints(deps: ModerationDeps): Endpoint[] {
  return [...reading(deps), ...keeping(deps), ...filling(deps), ...following(deps)]
}

function reading(deps: ModerationDeps): Endpoint[] {
  const { sql } = deps.database
  return [
    endpoint(
      {
        method: 'GET',
        path,
        summary: 'Shared ban lists: your own, those you follow, or published ones of others.',
        auth: 'account',
        params: handleParams,
        query: z.object({
          of: z.enum(['own', 'followed', 'published']).default('own'),
          query: plainText(listLimits.nameCharsMax).optional(),
          ...pageQuery,
        }),
        reply: z.object({ lists: z.array(listView), more: z.boolean() }),
        refusals,
      },
      async ({ identity, params, query, settle }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'crew'))
        const { limit } = query
        const now = deps.world.now()
        const lists = await readLists(sql, { ...query, channelId, now, limit: limit + 1 })
        return { lists: lists.slice(0, limit), more: lists.length > limit }
      },
    ),
    endpoint(
      {
        method: 'GET',
        path: `${path}/:listId/entries`,
        summary: 'Who is on a list that you keep or follow, newest first.',
        auth: 'account',
        params: listParams,
        query: z.object(pageQuery),
        reply: z.object({ entries: z.array(entryView), more: z.boolean() }),
        refusals,
      },
      async ({ identity, params, query, settle }) => {
        const { channelId } = settle(await doorOf(sql, params.handle, identity, 'crew'))
        const { listId } = params
        const now = deps.world.now()
        return settle(await readEntries(sql, { ...query, listId, channelId, now }))
      },
    ),
  ]
}

function keeping(deps: ModerationDeps): Endpoint[] {
  const { sql } = deps.database
  return [
    endpoint(
      {
        method: 'POST',
        path,
        summary: 'Makes a list; published, others may follow it.',
        auth: 'account',
        params: handleParams,
        body: newList,
        reply: made,
        status: 201,
        refusals: { ...refusals, too_many: tooMany },
      },
      async ({ identity: by, params, body, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'host'))
        const { name, about = '', isPublished = false } = body
        return settle(await makeList(deps, { door, by, words: { name, about, isPublished } }))
      },
    ),
    endpoint(
      {
        method: 'PATCH',
        path: `${path}/:listId`,
        summary: 'Renames a list, or publishes it; unpublishing ends what it caused elsewhere.',
        auth: 'account',
        params: listParams,
        body: listChange,
        reply: z.undefined(),
        refusals,
      },
      async ({ identity: by, params, body, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'host'))
        const { name, about, isPublished } = body
        const change = {
          ...(name !== undefined && { name }),
          ...(about !== undefined && { about }),
          ...(isPublished !== undefined && { isPublished }),
        }
        settle(await changeList(deps, { door, by, listId: params.listId, change }))
        return undefined
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path: `${path}/:listId`,
        summary: 'Removes a list and lifts what it caused, everywhere.',
        auth: 'account',
        params: listParams,
        reply: z.undefined(),
        refusals,
      },
      async ({ identity: by, params, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'host'))
        settle(await removeList(deps, { door, by, listId: params.listId }))
        return undefined
      },
    ),
  ]
}

function filling(deps: ModerationDeps): Endpoint[] {
  const { sql } = deps.database
  return [
    endpoint(
      {
        method: 'POST',
        path: `${path}/:listId/entries`,
        summary: 'Puts somebody on a list; channels that follow it as a ban ban them now.',
        auth: 'account',
        params: listParams,
        body: z.strictObject({
          userId: uuid,
          source: plainLine(listLimits.sourceCharsMax).optional(),
          reason,
          expiresAt: z.number().int().min(1).max(8e15).optional(),
        }),
        reply: made,
        status: 201,
        refusals: {
          ...refusals,
          no_such_person: noSuchPerson,
          already_so: { status: 409, text: 'That person is on the list already.' },
          too_many: tooMany,
          outranked: { status: 403, text: 'You cannot do that to somebody of this role.' },
          in_the_past: { status: 422, text: 'Choose a time to come.' },
        },
      },
      async ({ identity: by, params, body, settle, refuse }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'crew'))
        if (body.expiresAt !== undefined && body.expiresAt <= deps.world.now()) {
          refuse('in_the_past')
        }
        return settle(await addEntry(deps, { door, by, listId: params.listId, entry: body }))
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path: `${path}/:listId/entries/:entryId`,
        summary: 'Takes somebody off a list and lifts what that caused in every channel.',
        auth: 'account',
        params: z.object({ ...listParams.shape, entryId: uuid }),
        reply: z.undefined(),
        refusals: {
          ...refusals,
          no_such_entry: { status: 404, text: 'That person is not on the list.' },
        },
      },
      async ({ identity: by, params, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'crew'))
        const { listId, entryId } = params
        settle(await revokeEntry(deps, { door, by, listId, entryId }))
        return undefined
      },
    ),
  ]
}

function following(deps: ModerationDeps): Endpoint[] {
  const { sql } = deps.database
  const followPath = `${path}/:listId/subscription`
  return [
    endpoint(
      {
        method: 'PUT',
        path: followPath,
        summary: 'Follows a list: `mark` holds what people on it say, `ban` bans them.',
        auth: 'account',
        params: listParams,
        body: z.strictObject({ mode }),
        reply: z.undefined(),
        refusals: { ...refusals, too_many: tooMany },
      },
      async ({ identity: by, params, body, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'host'))
        settle(await subscribe(deps, { door, by, listId: params.listId, mode: body.mode }))
        return undefined
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path: followPath,
        summary: 'Follows a list no longer and lifts what it caused in your channel.',
        auth: 'account',
        params: listParams,
        reply: z.undefined(),
        refusals,
      },
      async ({ identity: by, params, settle }) => {
        const door = settle(await doorOf(sql, params.handle, by, 'host'))
        settle(await unsubscribe(deps, { door, by, listId: params.listId }))
        return undefined
      },
    ),
  ]
}
