import { afterEach, beforeEach, expect, test } from 'vitest'
import { Refusal, Unavailable } from '../refusal.ts'
import { type HttpStub, httpStub, json } from '../testing/http-stub.ts'
import { Transport } from './transport.ts'

let stub: HttpStub
beforeEach(async () => {
  stub = await httpStub()
})
afterEach(() => stub.close())

const transport = (options: { client?: 'browser' | 'program'; deadlineMs?: number } = {}) =>
  new Transport({ address: stub.url, client: 'program', deadlineMs: 2_000, fetch, ...options })
const failed = (options = {}) =>
  transport(options)
    .send({ method: 'GET', path: '/v1/x' })
    .catch((error: unknown) => error)

test('[SDK-12] an answer is its JSON; one without a body is undefined', async () => {
  stub.answer((_asked, response) => json(response, 201, { id: 'a' }))
  const body = { title: 'First light' }
  expect(await transport().send({ method: 'POST', path: '/v1/x', body, token: 't' })).toEqual({
    id: 'a',
  })
  expect(stub.asked[0]).toMatchObject({
    method: 'POST',
    body,
    headers: { authorization: 'Bearer t' },
  })
  stub.answer((_asked, response) => response.writeHead(204).end())
  expect(await transport().send({ method: 'DELETE', path: '/v1/x' })).toBeUndefined()
})

test('[SDK-12] a query holds what is given and nothing else', async () => {
  await transport().send({ method: 'GET', path: '/v1/x', query: { a: 1, b: undefined, c: 'ü&' } })
  expect(stub.asked[0]?.path).toBe('/v1/x?a=1&c=%C3%BC%26')
})

test('[SDK-12] a 4xx is a Refusal with all the server says', async () => {
  const error = {
    code: 'invalid',
    message: 'Some of the values are not valid.',
    requestId: 'r-1',
    fields: { title: 'is empty' },
    retryAfterMs: 250,
  }
  stub.answer((_asked, response) => json(response, 400, { error }))
  const refusal = await failed()
  expect(refusal).toBeInstanceOf(Refusal)
  expect(refusal).toMatchObject({ ...error, status: 400 })
})

test('[SDK-12] a 4xx of somebody in between is no refusal: the server is not to be had', async () => {
  stub.answer((_asked, response) => {
    response.writeHead(429, { 'retry-after': '3' }).end('<h1>Slow down</h1>')
  })
  expect(await failed()).toMatchObject({ reason: 'server', retryAfterMs: 3_000 })
})

test('[SDK-12] a full room and a busy server refuse by name; a 503 without one is no answer', async () => {
  const error = { code: 'room_full', message: 'The room is full. Try again in a moment.' }
  stub.answer((_asked, response) => json(response, 503, { error }))
  expect(await failed()).toMatchObject({ name: 'Refusal', ...error, status: 503 })
  stub.answer((_asked, response) => {
    response.writeHead(503).end('<h1>Out of order</h1>')
  })
  expect(await failed()).toMatchObject({ name: 'Unavailable', reason: 'server' })
})

test('[SDK-12] a 5xx is Unavailable and keeps the id that finds it in the logs', async () => {
  stub.answer((_asked, response) => json(response, 500, { error: { requestId: 'r-2' } }))
  const error = await failed()
  expect(error).toBeInstanceOf(Unavailable)
  expect(error).toMatchObject({ reason: 'server', requestId: 'r-2' })
})

test('[SDK-12] a good answer that is no JSON is Unavailable', async () => {
  stub.answer((_asked, response) => response.end('<html>'))
  expect(await failed()).toMatchObject({ reason: 'server' })
})

test('[SDK-12] no answer in time is Unavailable with reason deadline', async () => {
  stub.answer((_asked, response) => void response.writeHead(200).write('{'))
  expect(await failed({ deadlineMs: 100 })).toMatchObject({ reason: 'deadline' })
})

test('[SDK-12] nobody there, or a cut answer, is Unavailable with reason network', async () => {
  stub.answer((_asked, response) => response.destroy())
  expect(await failed()).toMatchObject({ name: 'Unavailable', reason: 'network' })
  await stub.close()
  expect(await failed()).toMatchObject({ name: 'Unavailable', reason: 'network' })
  stub = await httpStub()
})

test('[SDK-13] programs say so; browsers send their cookie instead', async () => {
  const sent: RequestInit[] = []
  const spy: typeof fetch = (url, init) => {
    sent.push(init ?? {})
    return fetch(url, init)
  }
  for (const client of ['program', 'browser'] as const) {
    const options = { address: stub.url, client, deadlineMs: 1_000, fetch: spy }
    await new Transport(options).send({ method: 'GET', path: '/' })
  }
  expect(sent.map(({ credentials }) => credentials)).toEqual(['omit', 'include'])
  expect(stub.asked.map(({ headers }) => headers['x-odeon-client'])).toEqual(['program', undefined])
})
