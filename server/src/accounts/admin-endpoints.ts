/** `/v1/admin/…`: claiming the first administrator, roles and suspensions. */
import { z } from 'zod'
import { type Endpoint, endpoint } from '../platform/http/endpoint.ts'
import type { User } from './entities.ts'
import { handOver } from './hand-over.ts'
import { profileOf } from './people.ts'
import { type AdminUser, adminUser, adminUserBody, claimBody, sessionReply } from './protocol.ts'
import type { AccountsService } from './service.ts'
import { uuid } from '../platform/http/ids.ts'

const emailNotAllowed = {
  status: 403,
  text: 'This server lets only listed addresses administer it.',
}

export function adminEndpoints(service: AccountsService): Endpoint[] {
  const { administration } = service
  return [
    endpoint(
      {
        method: 'POST',
        path: '/v1/admin/claim',
        summary: 'Makes the caller an administrator with the one-time token the server printed.',
        auth: 'account',
        usesCookies: true,
        body: claimBody,
        reply: sessionReply,
        refusals: {
          claim_invalid: { status: 403, text: 'This link was used or has expired.' },
          email_not_allowed: emailNotAllowed,
        },
      },
      async (ctx) => {
        const { userId, sid } = ctx.identity
        const user = ctx.settle(await administration.claim(userId, ctx.body.token))
        // More rights, new tokens: whatever was copied before does not gain them.
        const insteadOf = { sid, because: 'claimed' } as const
        return handOver(ctx, await service.signIn(user, ctx.userAgent, insteadOf))
      },
    ),
    endpoint(
      {
        method: 'PATCH',
        path: '/v1/admin/users/:id',
        summary: "Changes somebody's platform role, or suspends them and ends their sign-ins.",
        auth: 'admin',
        params: z.strictObject({ id: uuid }),
        body: adminUserBody,
        reply: adminUser,
        refusals: {
          not_found: { status: 404, text: 'There is nobody with that id.' },
          not_yourself: { status: 409, text: 'Another administrator has to do that to you.' },
          accounts_only: { status: 409, text: 'Guests cannot hold a role.' },
          email_not_allowed: emailNotAllowed,
          email_not_verified: {
            status: 409,
            text: 'They have to confirm their address before they can administer.',
          },
        },
      },
      async (ctx) => {
        const { userId } = ctx.identity
        return adminView(ctx.settle(await administration.change(userId, ctx.params.id, ctx.body)))
      },
    ),
  ]
}

function adminView(user: User): AdminUser {
  return {
    ...profileOf(user),
    platformRole: user.platformRole,
    suspended: user.suspendedAt != null,
  }
}
