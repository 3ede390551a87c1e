/** The OpenAPI 3.1 document, made from the endpoints themselves. */
import { type ProblemCode, problems } from '@odeon/rooms/protocol'
import { z } from 'zod'
import { type Endpoint, endpoint, type UploadSpec } from './endpoint.ts'
import { type CommonCode, commonRefusals, type RefusalSpec } from './refusal.ts'

export interface OpenApiInfo {
  title: string
  version: string
  description?: string
}

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: OpenApiInfo
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}

export interface Operation {
  operationId: string
  summary: string
  tags: string[]
  parameters?: object[]
  requestBody?: object
  responses: Record<string, { description: string; content?: object }>
  security?: Record<string, string[]>[]
}

const problemShape = z.object({
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  min: z.number().optional(),
  max: z.number().optional(),
})

const errorSchema = z.object({
  error: z.object({
    code: z.string().describe('stable; one of the codes listed for the status'),
    message: z.string().describe('a sentence for people'),
    requestId: z.string().describe('quote it when asking for help'),
    fields: z.record(z.string(), z.string()).optional().describe('what is wrong with which field'),
    problems: z
      .record(z.string(), problemShape)
      .optional()
      .describe('the same as codes, of those that have one'),
    retryAfterMs: z.number().optional(),
  }),
})

export function openApi(endpoints: readonly Endpoint[], info: OpenApiInfo): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {}
  for (const one of endpoints) {
    const path = one.path.replace(/:(\w+)/g, '{$1}')
    const operations = (paths[path] ??= {})
    operations[one.method.toLowerCase()] = operation(one)
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: { Error: schemaOf(errorSchema, 'output') },
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}

function operation(one: Endpoint): Operation {
  const words = one.path.split('/').filter((part) => part && part !== 'v1')
  const parameters = [...parametersOf(one.params, 'path'), ...parametersOf(one.query, 'query')]
  return {
    operationId: [one.method.toLowerCase(), ...words.map((w) => w.replace(/\W/g, ''))].join('_'),
    summary: one.summary,
    tags: [words[0] ?? 'server'],
    ...(parameters.length > 0 && { parameters }),
    ...(one.upload && { requestBody: { required: true, content: bytesAs(one.upload) } }),
    ...(one.body &&
      !one.upload && {
        requestBody: {
          required: !one.body.safeParse({}).success,
          content: { 'application/json': { schema: schemaOf(one.body, 'input') } },
        },
      }),
    responses: { [one.status]: goodAnswer(one), ...refusalsByStatus(one) },
    ...(one.auth !== 'none' && {
      security: one.auth === 'optional' ? [{}, { token: [] }] : [{ token: [] }],
    }),
  }
}

/** OpenAPI 3.1: bytes have a type and no schema. */
function bytesAs({ contentTypes }: UploadSpec): object {
  return Object.fromEntries(contentTypes.map((type) => [type, {}]))
}

function goodAnswer(one: Endpoint): { description: string; content?: object } {
  if (one.status === 204) return { description: 'Done.' }
  const type = one.produces ?? 'application/json'
  if (!/json|text/.test(type)) return { description: 'Done.', content: { [type]: {} } }
  const schema = one.produces ? { type: 'string' } : schemaOf(one.reply, 'output')
  return { description: 'Done.', content: { [type]: { schema } } }
}

/** Every code the endpoint may answer with, its own and those of its kind, grouped by status. */
export function refusalsOf(one: Endpoint): Record<string, RefusalSpec> {
  const common: CommonCode[] = ['origin_refused', 'unavailable']
  if (one.params || one.query || one.body) common.push('invalid')
  if (one.upload) common.push('body_timeout', 'too_large', 'unsupported_media_type', 'busy')
  else if (one.body) {
    common.push('malformed_json', 'body_timeout', 'too_large', 'unsupported_media_type')
  }
  if (one.limit.length > 0) common.push('rate_limited')
  if (one.auth !== 'none') common.push('unauthenticated')
  if (!['none', 'optional', 'user'].includes(one.auth)) common.push('account_required')
  if (one.auth === 'moderator' || one.auth === 'admin') common.push('not_allowed')
  const listed = common.map((code) => [code, commonRefusals[code]] as const)
  return { ...Object.fromEntries(listed), ...one.refusals }
}

function refusalsByStatus(one: Endpoint): Operation['responses'] {
  const byStatus = Map.groupBy(Object.entries(refusalsOf(one)), ([, spec]) => spec.status)
  const responses: Operation['responses'] = {}
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    responses[status] = {
      description: codes.map(([code, spec]) => `\`${code}\`: ${spec.text}`).join('\n'),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    }
  }
  return responses
}

function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): object[] {
  if (!(schema instanceof z.ZodObject)) return []
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, shape]) => ({
    name,
    in: where,
    required: where === 'path' || !shape.safeParse(undefined).success,
    schema: schemaOf(shape, 'input'),
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

/** Serves the document. It describes itself too. */
export function openApiEndpoint(endpoints: () => readonly Endpoint[], info: OpenApiInfo): Endpoint {
  let document: OpenApiDocument | undefined
  return endpoint(
    {
      method: 'GET',
      path: '/openapi.json',
      summary: 'This API as an OpenAPI 3.1 document.',
      auth: 'none',
      reply: z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }),
    },
    () => (document ??= openApi(endpoints(), info)) as OpenApiDocument & Record<string, unknown>,
  )
}
