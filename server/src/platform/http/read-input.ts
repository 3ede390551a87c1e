/** What a request says, by the shapes that are asked for; every field that is wrong is named. */
import type { IncomingMessage } from 'node:http'
import { plainly, problem } from '@odeon/rooms/protocol'
import type { z } from 'zod'
import type { Endpoint } from './endpoint.ts'
import { commonRefusal } from './refusal.ts'

export interface Input {
  params: unknown
  query: unknown
  body: unknown
}

/** Throws the refusal `invalid`. */
export function readInput(
  endpoint: Endpoint,
  request: Pick<IncomingMessage, 'url'> & { params: Record<string, unknown> },
  rawBody: unknown,
): Input {
  const { read, demandNoFault } = reader()
  // Not `URL`: what stands before the query may be no address at all.
  const query = (request.url ?? '').replace(/^[^?]*/, '')
  const input = {
    params: read(endpoint.params, { ...request.params }),
    query: read(endpoint.query, queryObject(query)),
    body: read(endpoint.body, endpoint.body && rawBody === undefined ? {} : rawBody),
  }
  demandNoFault()
  return input
}

/** Throws the refusal `invalid`. */
export function readQuery<Shape extends z.ZodType>(shape: Shape, query: string): z.output<Shape> {
  const { read, demandNoFault } = reader()
  const output = read(shape, queryObject(query))
  demandNoFault()
  return output as z.output<Shape>
}

function reader() {
  // Names come from the client, so the table must know none of its own, such as __proto__.
  const fields: Record<string, string> = Object.create(null)
  return {
    read(schema: z.ZodType | undefined, value: unknown): unknown {
      if (!schema) {
        for (const key of Object.keys(value ?? {})) fields[key] = problem('unknown')
        return undefined
      }
      const result = schema.safeParse(value, { error: plainly })
      if (result.success) return result.data
      for (const issue of result.error.issues) noteIssue(fields, issue)
      return undefined
    },
    demandNoFault() {
      if (Object.keys(fields).length > 0) throw commonRefusal('invalid', { fields })
    },
  }
}

function noteIssue(fields: Record<string, string>, issue: z.core.$ZodIssue): void {
  const at = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) fields[at ? `${at}.${key}` : key] = problem('unknown')
  } else fields[at || 'body'] ??= issue.message
}

/** A name given twice becomes a list, which only a shape that asks for one accepts. */
function queryObject(text: string): Record<string, string | string[]> {
  const query = new URLSearchParams(text)
  const result: Record<string, string | string[]> = Object.create(null)
  for (const key of query.keys()) {
    const [value = '', ...more] = query.getAll(key)
    result[key] = more.length > 0 ? [value, ...more] : value
  }
  return result
}
