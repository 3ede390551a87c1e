// Every endpoint of the desk against every relation: one table, nothing left out.
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { moderationBench } from '../testing.ts'

const bench = await moderationBench()
const { call, database } = bench
const house = await bench.house('matrix')
const other = await bench.house('matrix_other')
const people = {
  nobody: undefined,
  guest: await bench.guest('Guest'),
  viewer: await bench.person('matrix_viewer'),
  /** Host of another channel. */
  stranger: other.host,
  moderator: house.moderator,
  host: house.host,
  staff: await bench.person('matrix_staff', { platformRole: 'moderator' }),
  admin: await bench.person('matrix_admin', { platformRole: 'admin' }),
}
type Relation = keyof typeof people

const somebody = await bench.person('matrix_target')
const id = v7()
const at = '/channels/matrix'
const list = `${at}/ban-lists/${id}`

/** May: whatever comes of it, it is not for want of a right. */
const everyone = ['guest', 'viewer', 'stranger', 'moderator', 'host', 'staff', 'admin'] as const
const accounts = everyone.slice(1)
const crew = ['moderator', 'host', 'staff', 'admin'] as const
const host = ['host'] as const
const staff = ['staff', 'admin'] as const

const rows: [method: string, path: string, may: readonly Relation[], json?: object][] = [
  ['POST', '/reports', everyone, { targetType: 'user', targetId: id, reason: 'spam' }],
  ['GET', '/me/sanctions', everyone],
  ['POST', `/me/sanctions/${id}/appeal`, everyone, { text: 'Please look again.' }],
  ['GET', '/moderation/queue', staff],
  ['GET', '/moderation/queue?channel=matrix', crew],
  // Who may not decide a flag learns nothing of it; see FLG-04.
  ['POST', `/moderation/flags/${id}`, accounts, {}],
  ['POST', `/moderation/flags/${id}/reopen`, accounts],
  ['GET', '/moderation/appeals', staff],
  ['GET', '/moderation/appeals?channel=matrix', crew],
  ['POST', `/moderation/appeals/${id}`, accounts, { decision: 'lift' }],
  ['POST', `/moderation/appeals/${id}/reopen`, accounts],
  // Its token is the right; see FLG-15.
  ['POST', '/suspension', ['nobody', ...everyone], { token: 'x' }],
  ['POST', '/suspension/appeal', ['nobody', ...everyone], { token: 'x', text: 'Look again.' }],
  ['GET', '/admin/audit', ['admin']],
  ['GET', `${at}/crew`, ['nobody', ...everyone]],
  ['PUT', `${at}/crew/${somebody.userId}/vip`, ['host', 'staff', 'admin']],
  ['DELETE', `${at}/crew/${somebody.userId}/vip`, ['host', 'staff', 'admin']],
  ['GET', `${at}/people?query=matrix`, crew],
  ['GET', `${at}/people/${somebody.userId}`, crew],
  ['GET', `${at}/audit`, crew],
  ['GET', `${at}/sanctions`, crew],
  ['POST', `${at}/sanctions`, crew, { userId: somebody.userId, kind: 'timeout' }],
  ['DELETE', `${at}/sanctions/${somebody.userId}`, crew],
  ['GET', `${at}/ban-lists`, crew],
  ['POST', `${at}/ban-lists`, host, { name: 'A list' }],
  ['PATCH', list, host, { name: 'Another' }],
  ['DELETE', list, host],
  ['GET', `${list}/entries`, crew],
  ['POST', `${list}/entries`, crew, { userId: somebody.userId }],
  ['DELETE', `${list}/entries/${id}`, crew],
  ['PUT', `${list}/subscription`, host, { mode: 'mark' }],
  ['DELETE', `${list}/subscription`, host],
  ['GET', `${at}/reviewer`, host],
  ['PUT', `${at}/reviewer`, host, { url: 'https://reviewer.example/' }],
  ['DELETE', `${at}/reviewer`, host],
  ['POST', `${at}/reviewer/probe`, host],
]

const pattern = (path: string) =>
  path
    .replace(/\?.*/, '')
    .replace(at, '/channels/:handle')
    .replace(somebody.userId, ':userId')
    .replace(/\/vip$/, '/:role')
    .replace(`ban-lists/${id}`, 'ban-lists/:listId')
    .replace(`entries/${id}`, 'entries/:entryId')
    .replace(id, ':id')

test('[FLG-10] the matrix has a row for every endpoint of the desk', () => {
  const listed = new Set(rows.map(([method, path]) => `${method} /v1${pattern(path)}`))
  const known = bench.moderation.endpoints.map(({ method, path }) => `${method} ${path}`)
  expect([...listed].toSorted()).toEqual(known.toSorted())
})

test.each(rows)('[FLG-10] %s %s is for %j', async (method, path, may, json) => {
  const denied = ['unauthenticated', 'account_required', 'not_allowed', 'outranked']
  const allowed: Relation[] = []
  for (const relation of Object.keys(people) as Relation[]) {
    const { status, body } = await call(method, path, people[relation], json)
    expect(status, `${relation}: ${JSON.stringify(body)}`).toBeLessThan(500)
    const code: string | undefined = body?.error?.code
    expect(code, relation).not.toBe('invalid')
    if (code === undefined || !denied.includes(code)) allowed.push(relation)
  }
  expect(allowed).toEqual(Object.keys(people).filter((one) => may.includes(one as Relation)))
})

test('[FLG-10] a suspended moderator of the platform moderates nowhere', async () => {
  const fallen = await bench.person('matrix_fallen', { platformRole: 'moderator' })
  await database.sql`update users set suspended_at = now() where id = ${fallen.userId}`
  const ban = { userId: somebody.userId, kind: 'ban' }
  const { body } = await call('POST', `${at}/sanctions`, fallen, ban)
  expect(body.error.code).toBe('outranked')
})
