/** `/v1/me…` and `/v1/users/:id`: one's own account, others' profiles, blocks. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import { blockList, type Blocks } from './blocks.ts'
import { meOf, type People } from './people.ts'
import { me, meBody, profile } from './protocol.ts'
import { uuid } from '../platform/http/ids.ts'

const blockParams = z.strictObject({ userId: uuid })

export function peopleEndpoints(people: People, blocks: Blocks): Endpoint[] {
  return [
    endpoint(
      { method: 'GET', path: '/v1/me', summary: 'Who is asking.', auth: 'user', reply: me },
      async (ctx) => {
        const user = await people.find(ctx.identity.userId)
        return user ? meOf(user) : ctx.refuse('unauthenticated')
      },
    ),
    endpoint(
      {
        method: 'PATCH',
        path: '/v1/me',
        summary: 'Changes name, about or settings; settings are merged key by key.',
        auth: 'user',
        body: meBody,
        reply: me,
      },
      async (ctx) => meOf(await people.update(ctx.identity.userId, ctx.body)),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/users/:id',
        summary: 'What everybody may know of somebody.',
        auth: 'none',
        params: z.strictObject({ id: uuid }),
        reply: profile,
      },
      async (ctx) => (await people.profile(ctx.params.id)) ?? ctx.refuse('not_found'),
    ),
    endpoint(
      {
        method: 'GET',
        path: '/v1/me/blocks',
        summary: 'Whom the caller blocked, newest first.',
        auth: 'user',
        reply: blockList,
      },
      (ctx) => blocks.list(ctx.identity.userId),
    ),
    endpoint(
      {
        method: 'PUT',
        path: '/v1/me/blocks/:userId',
        summary: 'Blocks somebody. Again changes nothing.',
        auth: 'user',
        params: blockParams,
        reply: z.undefined(),
        refusals: {
          not_found: { status: 404, text: 'There is nobody with that id.' },
          not_yourself: { status: 409, text: 'You cannot block yourself.' },
          too_many_blocks: { status: 409, text: 'You blocked as many people as one can.' },
        },
      },
      async (ctx) => {
        ctx.settle(await blocks.block(ctx.identity.userId, ctx.params.userId))
        return undefined
      },
    ),
    endpoint(
      {
        method: 'DELETE',
        path: '/v1/me/blocks/:userId',
        summary: 'Lifts a block, if there is one.',
        auth: 'user',
        params: blockParams,
        reply: z.undefined(),
      },
      async (ctx) => {
        await blocks.unblock(ctx.identity.userId, ctx.params.userId)
        return undefined
      },
    ),
  ]
}
