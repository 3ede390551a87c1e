/**
 * A typed HTTP endpoint: what it takes, what it answers, every way it may refuse.
 * Routes, validation and /openapi.json are all made from this one description.
 */
import type { Logger, SignedIn } from '@odeon/rooms/ports'
import { z } from 'zod'
import type { CookieOptions } from './cookies.ts'
import type { LimitRule } from './rate-limits.ts'
import type { CommonCode, Refused, RefusalExtra, RefusalSpec } from './refusal.ts'

export type { SignedIn }

/**
 * Who may call. `none` never looks at a token; `optional` accepts none but refuses a bad one;
 * `user` is anyone signed in, guests too; `account` excludes guests; the rest are platform roles.
 */
export type AuthNeed = 'none' | 'optional' | 'user' | 'account' | 'moderator' | 'admin'

type IdentityFor<A extends AuthNeed> = A extends 'none'
  ? undefined
  : A extends 'optional'
    ? SignedIn | undefined
    : SignedIn

export interface EndpointSpec<
  A extends AuthNeed,
  C extends string,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Express path: `/v1/users/:id`. */
  path: string
  summary: string
  auth: A
  params?: P
  query?: Q
  body?: B
  /** Shape of a good answer. `z.undefined()` answers 204 without a body. */
  reply: R
  /** Status of a good answer: 200, or 204 when the reply is undefined. */
  status?: number
  /** Every refusal of its own; the common ones need no mention. */
  refusals?: Record<C, RefusalSpec>
  /** Rate limits; `general` when absent, none for an empty list. */
  limit?: readonly LimitRule<z.output<B>>[]
  /** True when it reads or sets the refresh cookie: the Origin is then checked strictly. */
  usesCookies?: boolean
  /** How long anybody may keep this JSON answer; not at all where it is 0, or left out. */
  maxAgeSeconds?: (reply: z.input<R>) => number
  /** Content type of a reply that is a plain string, or bytes, instead of JSON. */
  produces?: string
  /**
   * Takes a body of bytes instead of JSON; `body` is then their shape. Needs a sign-in when they
   * may be more than those of other bodies.
   */
  upload?: UploadSpec
}

export interface UploadSpec {
  bytesMax: number
  /** What people may say it is. Believe the bytes alone. */
  contentTypes: readonly string[]
  /** A body was refused as too large; nobody checked the `Authorization` it came with. */
  tooLarge?(authorization: string | undefined): void
}

export interface Context<
  A extends AuthNeed = AuthNeed,
  C extends string = string,
  P = unknown,
  Q = unknown,
  B = unknown,
> {
  params: P
  query: Q
  body: B
  identity: IdentityFor<A>
  ip: string
  requestId: string
  userAgent: string
  log: Logger
  /** A request header by its lower-case name. */
  header: (name: string) => string | undefined
  cookies: Readonly<Record<string, string>>
  setCookie: (name: string, value: string, options: CookieOptions) => void
  /** Ends the request with one of the endpoint's refusals. Never returns. */
  refuse: (code: C | CommonCode, extra?: RefusalExtra) => never
  /** Passes a value on and ends the request when it is a `Refused`. */
  settle: <T>(outcome: T | Refused<C | CommonCode>) => Exclude<T, Refused<string>>
}

/** The description with its types put aside, as the platform handles it. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  auth: AuthNeed
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  reply: z.ZodType
  status: number
  refusals: Record<string, RefusalSpec>
  limit: readonly LimitRule<unknown>[]
  usesCookies: boolean
  maxAgeSeconds?: ((reply: never) => number) | undefined
  produces?: string
  upload?: UploadSpec
  handle: (context: Context) => Promise<unknown>
}

const defaultLimit = [{ limit: 'general' }] as const

/** Describes one endpoint; unknown fields of body and query are refused. */
export function endpoint<
  const A extends AuthNeed,
  C extends string = never,
  P extends z.ZodType = z.ZodType<Record<string, never>>,
  Q extends z.ZodType = z.ZodType<Record<string, never>>,
  B extends z.ZodType = z.ZodType<undefined>,
  R extends z.ZodType = z.ZodType,
>(
  spec: EndpointSpec<A, C, P, Q, B, R>,
  handle: (
    context: Context<A, C, z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<z.input<R>> | z.input<R>,
): Endpoint {
  return {
    ...spec,
    params: strict(spec.params),
    query: strict(spec.query),
    body: strict(spec.body),
    reply: strict(spec.reply) ?? spec.reply,
    status: spec.status ?? (spec.reply instanceof z.ZodUndefined ? 204 : 200),
    refusals: spec.refusals ?? {},
    limit: (spec.limit ?? defaultLimit) as readonly LimitRule<unknown>[],
    usesCookies: spec.usesCookies ?? false,
    handle: async (context) =>
      handle(context as unknown as Context<A, C, z.output<P>, z.output<Q>, z.output<B>>),
  }
}

/** Objects refuse unknown keys unless they say what becomes of them. */
function strict(schema: z.ZodType | undefined): z.ZodType | undefined {
  const silent = schema instanceof z.ZodObject && schema.def.catchall === undefined
  return silent ? schema.strict() : schema
}
