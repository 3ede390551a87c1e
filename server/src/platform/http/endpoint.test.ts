import { request as rawRequest } from 'node:http'
import { type Identity, TokenRefused } from '@odeon/rooms/ports'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { AuthNeed, SignedIn } from './endpoint.ts'
import { endpoint } from './endpoint.ts'
import { errorOf, testApp } from './testing.ts'

const people: Record<string, Identity> = {
  guest: { userId: 'g', name: 'Guest', kind: 'guest', platformRole: 'user' },
  account: { userId: 'a', name: 'Ann', kind: 'account', platformRole: 'user' },
  moderator: { userId: 'm', name: 'Mo', kind: 'account', platformRole: 'moderator' },
  admin: { userId: 'x', name: 'Ada', kind: 'account', platformRole: 'admin' },
}

const who = (need: AuthNeed) =>
  endpoint(
    {
      method: 'GET',
      path: `/who/${need}`,
      summary: 'Who is it?',
      auth: need,
      reply: z.object({ is: z.string().nullable() }),
    },
    (ctx) => ({ is: ctx.identity?.name ?? null }),
  )

const swap = endpoint(
  {
    method: 'POST',
    path: '/swap/:id',
    summary: 'Swaps two words.',
    auth: 'none',
    params: z.object({ id: z.coerce.number().int() }),
    query: z.object({ times: z.coerce.number().int().max(3).default(1) }),
    body: z.object({ left: z.string().max(5), right: z.string() }),
    reply: z.object({ left: z.string(), right: z.string(), id: z.number(), times: z.number() }),
    status: 201,
    refusals: { same: { status: 409, text: 'They are the same.' } },
  },
  (ctx) => {
    const { left, right } = ctx.body
    if (left === right) ctx.refuse('same', { fields: { right: 'is the same' } })
    return { left: right, right: left, id: ctx.params.id, times: ctx.query.times }
  },
)

const broken = endpoint(
  { method: 'GET', path: '/broken', summary: 'Breaks.', auth: 'none', reply: z.object({}) },
  () => {
    throw new Error('connect ECONNREFUSED db.internal:5432 password=hunter2')
  },
)

const lying = endpoint(
  { method: 'GET', path: '/lying', summary: '', auth: 'none', reply: z.object({ n: z.number() }) },
  () => ({ n: 1, secret: 'x' }),
)

const nothing = endpoint(
  { method: 'DELETE', path: '/thing', summary: '', auth: 'none', reply: z.undefined() },
  () => undefined,
)

const needs: AuthNeed[] = ['none', 'optional', 'user', 'account', 'moderator', 'admin']
const app = await testApp({
  endpoints: [...needs.map(who), swap, broken, lying, nothing],
  async authenticate(token): Promise<SignedIn> {
    const identity = people[token]
    if (!identity) throw new TokenRefused('unknown')
    return { ...identity, sid: 's' }
  },
})

test('[HTP-01] params, query and body arrive typed, and the reply goes out as said', async () => {
  const response = await app.fetch('/swap/7?times=2', {
    method: 'POST',
    json: { left: 'a', right: 'b' },
  })
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual({ left: 'b', right: 'a', id: 7, times: 2 })
})

test.each([
  ['a wrong value', '/swap/7', { left: 'toolong', right: 'b' }, ['left']],
  ['a missing value', '/swap/7', { left: 'a' }, ['right']],
  ['an unknown body field', '/swap/7', { left: 'a', right: 'b', admin: true }, ['admin']],
  ['an unknown query field', '/swap/7?all=1', { left: 'a', right: 'b' }, ['all']],
  ['a query field given twice', '/swap/7?times=1&times=2', { left: 'a', right: 'b' }, ['times']],
  ['a wrong parameter', '/swap/x', { left: 'a', right: 'b' }, ['id']],
  ['a list as body', '/swap/7', ['a'], ['body']],
])('[HTP-01] %s is refused by name', async (_, path, json, fields) => {
  const response = await app.fetch(path, { method: 'POST', json })
  expect(response.status).toBe(400)
  const error = await errorOf(response)
  expect(error.code).toBe('invalid')
  expect(Object.keys(error.fields ?? {})).toEqual(fields)
})

test('[HTP-01] an own __proto__ in a body is an unknown field and changes nothing', async () => {
  const response = await app.fetch('/swap/7', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"left":"a","right":"b","__proto__":{"polluted":1}}',
  })
  expect(response.status).toBe(400)
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})

test('[HTP-01] a body where none is taken is refused, an empty answer is 204', async () => {
  const refused = await app.fetch('/thing', { method: 'DELETE', json: { force: true } })
  expect((await errorOf(refused)).fields).toEqual({ force: 'This is not known here.' })
  const done = await app.fetch('/thing', { method: 'DELETE' })
  expect(done.status).toBe(204)
  expect(await done.text()).toBe('')
})

test('[HTP-02] a refusal has its status, code, text, fields and request id', async () => {
  const response = await app.fetch('/swap/7', { method: 'POST', json: { left: 'a', right: 'a' } })
  expect(response.status).toBe(409)
  expect(await errorOf(response)).toEqual({
    code: 'same',
    message: 'They are the same.',
    fields: { right: 'is the same' },
    requestId: response.headers.get('x-request-id'),
  })
})

test('[HTP-03] a fault answers unavailable without a word from inside, and is logged', async () => {
  const response = await app.fetch('/broken')
  expect(response.status).toBe(500)
  const text = await response.text()
  expect(text).not.toMatch(/ECONNREFUSED|hunter2|internal|at .*\.ts/)
  const requestId = response.headers.get('x-request-id')
  expect(JSON.parse(text)).toEqual({
    error: {
      code: 'unavailable',
      message: 'Something went wrong on our side. Try again.',
      requestId,
    },
  })
  const line = app.log.find((one) => one.includes('"fault"') && one.includes(`"${requestId}"`))
  expect(line).toContain('ECONNREFUSED')
})

test('[HTP-07] forms, other encodings and types are refused, JSON inside or not', async () => {
  const body = JSON.stringify({ left: 'a', right: 'b' })
  const types = ['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=x']
  for (const type of types) {
    const headers = { 'content-type': type }
    const response = await app.fetch('/swap/7', { method: 'POST', body, headers })
    expect(response.status).toBe(415)
    expect((await errorOf(response)).code).toBe('unsupported_media_type')
  }
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  const packed = await app.fetch('/swap/7', { method: 'POST', body, headers })
  expect(packed.status).toBe(415)
})

test.each(['{"left":', '[1,]', 'NaN', '\ud800'])(
  '[HTP-07] malformed JSON %j is named',
  async (body) => {
    const headers = { 'content-type': 'application/json' }
    const response = await app.fetch('/swap/7', { method: 'POST', body, headers })
    expect(response.status).toBe(400)
    expect((await errorOf(response)).code).toBe('malformed_json')
  },
)

test('[HTP-08] an unknown path answers 404 and a wrong method 405, both as JSON', async () => {
  const missing = await app.fetch('/nowhere', { method: 'POST', json: {} })
  expect([missing.status, (await errorOf(missing)).code]).toEqual([404, 'not_found'])
  const wrong = await app.fetch('/swap/7')
  expect([wrong.status, (await errorOf(wrong)).code]).toEqual([405, 'method_not_allowed'])
  expect(wrong.headers.get('allow')).toBe('POST')
  const undecodable = await app.fetch('/swap/%E0%A4%A', { method: 'POST', json: {} })
  expect([undecodable.status, (await errorOf(undecodable)).code]).toEqual([400, 'invalid'])
})

test('[HTP-08] a path that is written out is not taken for one with a parameter', async () => {
  const said = (method: 'GET' | 'POST', path: string, text: string) =>
    endpoint(
      {
        method,
        path,
        summary: 'Says a word.',
        auth: 'none',
        reply: z.strictObject({ text: z.string() }),
      },
      () => ({ text }),
    )
  const both = await testApp({
    endpoints: [said('GET', '/things/:name', 'one of many'), said('POST', '/things/told', 'told')],
  })
  const told = await both.fetch('/things/told', { method: 'POST' })
  expect([told.status, await told.json()]).toEqual([200, { text: 'told' }])
  expect((await both.fetch('/things/told')).status).toBe(405)
  expect((await both.fetch('/things/other')).status).not.toBe(405)
})

test('[HTP-08] HEAD answers as GET without a body', async () => {
  const response = await app.fetch('/who/none', { method: 'HEAD' })
  expect(response.status).toBe(200)
  expect(await response.text()).toBe('')
})

const outcomes: Record<AuthNeed, Record<string, number>> = {
  none: { nobody: 200, forged: 200, guest: 200, account: 200, moderator: 200, admin: 200 },
  optional: { nobody: 200, forged: 401, guest: 200, account: 200, moderator: 200, admin: 200 },
  user: { nobody: 401, forged: 401, guest: 200, account: 200, moderator: 200, admin: 200 },
  account: { nobody: 401, forged: 401, guest: 403, account: 200, moderator: 200, admin: 200 },
  moderator: { nobody: 401, forged: 401, guest: 403, account: 403, moderator: 200, admin: 200 },
  admin: { nobody: 401, forged: 401, guest: 403, account: 403, moderator: 403, admin: 200 },
}
const cells = needs.flatMap((need) =>
  Object.entries(outcomes[need]).map(([asker, status]) => [need, asker, status] as const),
)

test.each(cells)('[HTP-15] %s endpoint, asked by %s: %i', async (need, asker, status) => {
  const headers: Record<string, string> =
    asker === 'nobody' ? {} : { authorization: `Bearer ${asker}` }
  const response = await app.fetch(`/who/${need}`, { headers })
  expect(response.status).toBe(status)
  if (status === 401) expect(response.headers.get('www-authenticate')).toBe('Bearer')
  if (need === 'none') expect(await response.json()).toEqual({ is: null })
})

test('[HTP-15] a token is taken from the Authorization header only', async () => {
  expect((await app.fetch('/who/optional?access_token=admin')).status).toBe(400)
  const headers = { cookie: 'authorization=admin; token=admin' }
  expect((await app.fetch('/who/user', { headers })).status).toBe(401)
  const basic = { authorization: 'Basic YWRtaW46YWRtaW4=' }
  expect((await app.fetch('/who/user', { headers: basic })).status).toBe(401)
})

test('[HTP-16] a reply that differs is a fault, except in production', async () => {
  expect((await app.fetch('/lying')).status).toBe(500)
  const production = await testApp({ endpoints: [lying], production: true })
  expect((await production.fetch('/lying')).status).toBe(200)
})

test('[HTP-04] a client cannot choose the request id', async () => {
  const headers = { 'x-request-id': 'chosen-by-me-1' }
  const response = await app.fetch('/who/none', { headers })
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('[HTP-04] every request is one line with its id, status and duration', async () => {
  const response = await app.fetch('/swap/7?times=9', { method: 'POST', json: {} })
  await response.text()
  const requestId = response.headers.get('x-request-id')
  await expect
    .poll(() => app.log.filter((line) => line.includes(`"${requestId}"`)).map((l) => JSON.parse(l)))
    .toMatchObject([{ method: 'POST', url: '/swap/7?times=9', status: 400, ip: '127.0.0.1' }])
})

test('[HTP-08] a request that is not HTTP does not disturb the others', async () => {
  const { hostname, port } = new URL(app.url)
  const odd = rawRequest({ hostname, port, path: '/who/none', headers: { host: 'a b' } })
  odd.on('error', () => undefined).end()
  expect((await app.fetch('/who/none')).status).toBe(200)
})
