// What administrators and blockers do is in the record, written with the change itself.
import { expect, test } from 'vitest'
import { accountsApp, type ProgramSession } from './testing.ts'

const app = await accountsApp()
const { sql } = app.database
const account = await app.register('auditor')
const { token } = await app.accounts.service.administration.issueClaim()
const claimed = await app.call('POST', '/v1/admin/claim', { token }, account.accessToken)
const admin = (await claimed.json()) as ProgramSession
const recorded = (kind: string) => sql`
  select by_id, by_role, target_id, reason, details from moderation_actions
  where kind = ${kind} order by id`

test('[SAN-09] claims, roles and suspensions are recorded, with before and after', async () => {
  const other = await app.register('changed_one')
  const change = (body: object) =>
    app.call('PATCH', `/v1/admin/users/${other.user.id}`, body, admin.accessToken)
  await change({ platformRole: 'moderator', suspended: true, reason: 'Trial.' })
  await change({ suspended: true })
  await change({ suspended: false })
  expect((await change({ reason: 'Nothing else.' })).status).toBe(400)
  expect(await recorded('admin_claimed')).toMatchObject([{ by_id: admin.user.id }])
  expect(await recorded('platform_role')).toMatchObject([
    { by_role: 'admin', details: { was: { platformRole: 'user' } }, reason: 'Trial.' },
  ])
  // Saying again what is so already is no act.
  expect(await recorded('suspend')).toMatchObject([{ target_id: other.user.id }])
  expect(await recorded('unsuspend')).toHaveLength(1)
})

test('[SAN-09] blocks are recorded, once for each that changes something', async () => {
  const [one, two] = [await app.register('blocker'), await app.register('blockee')]
  const path = `/v1/me/blocks/${two.user.id}`
  for (const method of ['PUT', 'PUT', 'DELETE', 'DELETE']) {
    expect((await app.call(method, path, undefined, one.accessToken)).status).toBe(204)
  }
  for (const kind of ['block', 'unblock']) {
    expect(await recorded(kind)).toMatchObject([
      { by_id: one.user.id, by_role: 'viewer', target_id: two.user.id },
    ])
  }
})

test('[SAN-09] a change whose record cannot be written does not happen', async () => {
  const other = await app.register('unrecorded')
  await sql`
    alter table moderation_actions add constraint no_more check (target_name <> 'unrecorded')`
  const body = { suspended: true }
  const path = `/v1/admin/users/${other.user.id}`
  expect((await app.call('PATCH', path, body, admin.accessToken)).status).toBe(500)
  expect(await sql`select suspended_at from users where id = ${other.user.id}`).toEqual([
    { suspended_at: null },
  ])
})
