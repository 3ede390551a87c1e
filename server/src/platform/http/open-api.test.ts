import { expect, test } from 'vitest'
import { z } from 'zod'
import { docsEndpoints } from './docs-page.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { healthEndpoint } from './health.ts'
import { type OpenApiDocument, openApi, openApiEndpoint } from './open-api.ts'
import { testApp } from './testing.ts'

const info = { title: 'Test', version: '1.2.3', description: 'For <tests>.' }
const change = endpoint(
  {
    method: 'PATCH',
    path: '/v1/things/:id',
    summary: 'Changes <a thing>.',
    auth: 'admin',
    params: z.object({ id: z.uuid() }),
    query: z.object({ limit: z.coerce.number().int().max(9).default(3), mark: z.string() }),
    body: z.object({ name: z.string().trim().toLowerCase(), size: z.number().optional() }),
    reply: z.object({ id: z.uuid(), name: z.string() }),
    refusals: { taken: { status: 409, text: 'That is taken.' } },
  },
  (ctx) => ({ id: ctx.params.id, name: ctx.body.name }),
)
const remove = endpoint(
  {
    method: 'DELETE',
    path: '/v1/things/:id',
    summary: 'Removes a thing.',
    auth: 'optional',
    params: z.object({ id: z.uuid() }),
    reply: z.undefined(),
  },
  () => undefined,
)
const all: Endpoint[] = [
  change,
  remove,
  healthEndpoint({ version: '1.2.3', now: Date.now }),
  openApiEndpoint(() => all, info),
  ...docsEndpoints(() => all, info),
]
const app = await testApp({ endpoints: all })

/** Every value below, with the path that leads to it. */
function* walk(value: unknown, at = '#'): Generator<[at: string, value: unknown]> {
  yield [at, value]
  if (typeof value !== 'object' || value === null) return
  for (const [key, below] of Object.entries(value)) yield* walk(below, `${at}/${key}`)
}

const served = (await (await app.fetch('/openapi.json')).json()) as OpenApiDocument

test('[HTP-17] the document names every endpoint, itself included', () => {
  const named = Object.entries(served.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const expected = all.map((one) => `${one.method} ${one.path.replace(/:(\w+)/g, '{$1}')}`)
  expect(named.sort()).toEqual(expected.sort())
})

test('[HTP-17] the document holds together as OpenAPI 3.1', () => {
  expect(served.openapi).toBe('3.1.0')
  expect(served.info).toEqual(info)
  const ids = new Set<string>()
  for (const [path, operations] of Object.entries(served.paths)) {
    for (const operation of Object.values(operations)) {
      expect(ids).not.toContain(operation.operationId)
      ids.add(operation.operationId)
      expect(operation.summary).not.toBe('')
      const declared = (operation.parameters ?? []) as { name: string; in: string }[]
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      expect(declared.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(inPath)
      for (const [status, answer] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[245]\d\d$/)
        expect(answer.description).not.toBe('')
      }
      for (const scheme of (operation.security ?? []).flatMap(Object.keys)) {
        expect(Object.keys(served.components.securitySchemes)).toContain(scheme)
      }
    }
  }
  for (const [at, value] of walk(served)) {
    if (!at.endsWith('/$ref')) continue
    const target = String(value).replace('#/', '').split('/')
    expect(
      target.reduce<unknown>((o, key) => (o as Record<string, unknown>)[key], served),
    ).toBeDefined()
  }
})

test('[HTP-17] an operation says what it takes, what it gives and how it refuses', () => {
  const operation = openApi(all, info).paths['/v1/things/{id}']!.patch!
  expect(operation.parameters).toMatchObject([
    { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
    { name: 'limit', in: 'query', required: false, schema: { default: 3, maximum: 9 } },
    { name: 'mark', in: 'query', required: true },
  ])
  expect(operation.requestBody).toMatchObject({
    required: true,
    content: {
      'application/json': { schema: { required: ['name'], additionalProperties: false } },
    },
  })
  expect(operation.security).toEqual([{ token: [] }])
  const refusals = Object.entries(operation.responses).flatMap(([status, { description }]) =>
    [...description.matchAll(/`(\w+)`/g)].map((match) => `${status} ${match[1]}`),
  )
  expect(refusals.sort()).toEqual([
    '400 invalid',
    '400 malformed_json',
    '401 unauthenticated',
    '403 account_required',
    '403 not_allowed',
    '403 origin_refused',
    '408 body_timeout',
    '409 taken',
    '413 too_large',
    '415 unsupported_media_type',
    '429 rate_limited',
    '500 unavailable',
  ])
})

test('[HTP-17] an endpoint without an answer says 204', () => {
  const operation = served.paths['/v1/things/{id}']!.delete!
  expect(operation.responses['204']).toEqual({ description: 'Done.' })
  expect(operation.security).toEqual([{}, { token: [] }])
})

test('[HTP-18] the page lists every endpoint, runs nothing and asks nobody else', async () => {
  const response = await app.fetch('/docs')
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  const page = await response.text()
  for (const one of all) expect(page).toContain(`<b>${one.method}</b> ${one.path}`)
  expect(page).toContain('That is taken.')
  expect(page).toContain('Changes &#60;a thing&#62;.')
  expect(page).not.toMatch(/<script|https?:\/\/|style=/)
  const style = await app.fetch('/docs/style.css')
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8')
})
