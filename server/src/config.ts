/**
 * Settings, read from the environment once. A wrong one is refused by name with what was expected,
 * all of them at once. docs/operating.md lists them for people.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { clientAddress } from './platform/http/client-address.ts'
import { broadcastSettings } from './broadcast-settings.ts'
import { databaseUrl, redisUrl } from './config-addresses.ts'
import { expectedForms, missingTogether } from './config-together.ts'
import { houseSettings } from './house-settings.ts'
import { originPolicy } from './platform/http/origins.ts'
import { livekit } from './media/livekit/settings.ts'
import { paymentSettings } from './payments/settings.ts'
import { recorded } from './recordings/settings.ts'

export interface Config
  extends ReturnType<typeof broadcastSettings.from>,
    ReturnType<typeof houseSettings.from> {
  production: boolean
  host: string | undefined
  port: number
  /** Absolute. Holds what Odeon keeps itself: the embedded database and the secret for tokens. */
  dataDir: string
  /** A PostgreSQL of the operator's own; absent for the embedded one. */
  databaseUrl: string | undefined
  /** What several processes share; absent for one process alone. */
  redisUrl: string | undefined
  /** What this process does: `worker` runs upkeep and no rooms, `room` the opposite. */
  role: 'all' | 'room' | 'worker'
  /** Number of this process among those of its machine, from 0. */
  instance: number
  /** Where sockets reach this very process, without `ws://`, such as `odeon.example/p/0`. */
  publicAddress: string | undefined
  /** Absent: made once and kept in the data folder. */
  jwtSecret: string | undefined
  /** Where people reach this server, such as `https://odeon.example`. */
  publicUrl: string | undefined
  allowedOrigins: string[]
  trustedProxies: string[]
  adminEmails: string[]
  metricsToken: string | undefined
  /** Absent: letters are files in the data folder. */
  resend: { apiKey: string; from: string; url: string | undefined } | undefined
  /** `renew` also gives the demo accounts new passwords. */
  demo: 'on' | 'off' | 'renew'
  web: boolean
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** All figures of the HTTP rate limits are multiplied by it. */
  rateLimitFactor: number
  /** For development: outside reviewers may live on this machine. */
  reviewerLoopback: boolean
  /** Sockets at a room's writer from which on viewers are seated at relays, in other processes. */
  relayFromViewers: number
  /** Large rooms deflate what they say, once for all. */
  compresses: boolean
  recordings: ReturnType<typeof recorded.from>
  media: ReturnType<typeof livekit.from>
  payments: ReturnType<typeof paymentSettings.from>
}

export class WrongSettings extends Error {
  override name = 'WrongSettings'
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

const defaultDataDir = resolve(import.meta.dirname, '../../.odeon')

/** The data folder alone, for what must work whatever the other settings are. */
export function dataDirOf(environment: Record<string, string | undefined>): string {
  return resolve(environment.DATA_DIR?.trim() || defaultDataDir)
}

const choice = <const T extends [string, ...string[]]>(names: T) =>
  z.enum(names, `one of ${names.join(', ')}`)

const number = (min: number, max: number, expected: string) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/, expected)
    .transform(Number)
    .refine((value) => value >= min && value <= max, expected)

const portExpected = 'a whole number from 0 to 65535'
const port = number(0, 65_535, portExpected).refine(Number.isInteger, portExpected)

const instanceExpected = 'a whole number from 0 to 999'
const instance = number(0, 999, instanceExpected).refine(Number.isInteger, instanceExpected)

const relayFromExpected = 'a whole number from 0 to 19000'
const relayFrom = number(0, 19_000, relayFromExpected).refine(Number.isInteger, relayFromExpected)

const originExpected = 'an address without a path, such as https://odeon.example'

const isOrigin = (text: string) => passes(() => originPolicy([text]))
const origin = z
  .string()
  .transform((text) => text.replace(/\/$/, ''))
  .refine(isOrigin, originExpected)

const list = (isGood: (item: string) => boolean, expected: string) =>
  z
    .string()
    .transform((text) => text.split(/\/?(?:[\s,]+|$)/).filter((item) => item !== ''))
    .refine((items) => items.every(isGood), expected)

const settings = z.object({
  NODE_ENV: choice(['development', 'production', 'test']).default('development'),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'an address of this machine, such as 127.0.0.1')
    .optional(),
  PORT: port.default(2567),
  DATA_DIR: z.string().default(defaultDataDir),
  DATABASE_URL: databaseUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  ROLE: choice(['all', 'room', 'worker']).default('all'),
  /** PM2 numbers its processes by this name. */
  NODE_APP_INSTANCE: instance.optional(),
  INSTANCE: instance.optional(),
  RELAY_FROM_VIEWERS: relayFrom.default(1_000),
  COMPRESSION: choice(['on', 'off']).default('on'),
  PUBLIC_ADDRESS: z
    .string()
    .regex(/^[\w.{}[\]:-]+(\/[\w.~{}-]+)*$/, expectedForms.publicAddress)
    .optional(),
  JWT_SECRET: z
    .string()
    .refine((text) => Buffer.byteLength(text) >= 32, 'at least 32 bytes that nobody can guess')
    .optional(),
  PUBLIC_URL: origin.optional(),
  ALLOWED_ORIGINS: list(isOrigin, `a list of origins, each ${originExpected}`).default([]),
  TRUSTED_PROXIES: list(
    (item) => passes(() => clientAddress([item])),
    'a list of IP addresses or ranges such as 10.0.0.0/8',
  ).default([]),
  ADMIN_EMAILS: list((item) => /^\S+@\S+$/.test(item), 'a list of email addresses').default([]),
  RESEND_API_KEY: z
    .string()
    .regex(/^\S{8,200}$/, 'the key as Resend shows it')
    .optional(),
  RESEND_URL: z
    .string()
    .refine((text) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''), {
      error: 'an address such as https://api.resend.com',
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>@\r\n]+<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, expectedForms.mailFrom)
    .optional(),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  DEMO: choice(['on', 'off', 'renew']).optional(),
  WEB: choice(['on', 'off']).default('on'),
  LOG_LEVEL: choice(['debug', 'info', 'warn', 'error', 'silent']).optional(),
  REVIEWER_LOOPBACK: choice(['on', 'off']).default('off'),
  ...recorded.shape,
  ...livekit.shape,
  ...broadcastSettings.shape,
  ...houseSettings.shape,
  ...paymentSettings.shape,
  RATE_LIMIT_FACTOR: number(0.01, 1_000_000, 'a number from 0.01 to 1000000').default(1),
})
type Settings = z.output<typeof settings>

/** Values that must not be repeated in a message, because they are or hold secrets. */
const secret = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'JWT_SECRET',
  'METRICS_TOKEN',
  'RESEND_API_KEY',
  ...recorded.secrets,
  ...livekit.secrets,
  ...broadcastSettings.secrets,
  ...paymentSettings.secrets,
  ...houseSettings.secrets,
])

/** Throws `WrongSettings` naming every wrong one. An empty value counts as not set. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const { read, wrong } = readEach(given)
  // What is wrong by itself is not complained about a second time.
  const lacking = [missingTogether, recorded, livekit, broadcastSettings, paymentSettings]
    .flatMap((of) => (typeof of === 'function' ? of : of.missing)(read))
    .filter((problem) => !wrong.has(problem.slice(0, problem.indexOf(':'))))
  const problems = [...wrong.values(), ...lacking]
  if (problems.length > 0) throw new WrongSettings([...new Set(problems)])
  return configFrom(read)
}

/**
 * All settings, and what is wrong with some of them, by name. A wrong one counts as set, or as its
 * default, so that what it lacks beside it is found in the same go.
 */
function readEach(given: Record<string, string | undefined>): {
  read: Settings
  wrong: Map<string, string>
} {
  const result = settings.safeParse(given)
  if (result.success) return { read: result.data, wrong: new Map() }
  const wrong = new Map(
    result.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return [name, complaint(name, given, message)]
    }),
  )
  const good = Object.entries(given).filter(([name]) => !wrong.has(name))
  const bad = Object.entries(given).filter(([name]) => wrong.has(name))
  const read = { ...Object.fromEntries(bad), ...settings.parse(Object.fromEntries(good)) }
  return { read, wrong }
}

function complaint(name: string, given: Record<string, string | undefined>, expected: string) {
  const value = given[name]
  const shown = value === undefined || secret.has(name) ? '' : `, got "${value.slice(0, 80)}"`
  return `${name}: expected ${expected}${shown}`
}

/** `{port}` and `{instance}` become those of this process. */
function publicAddressOf(from: Settings, port: number, instance: number): string | undefined {
  if (from.REDIS_URL === undefined && from.PUBLIC_ADDRESS === undefined) return undefined
  const isAnyHost = from.HOST === undefined || ['0.0.0.0', '::'].includes(from.HOST)
  const host = isAnyHost ? 'localhost' : (from.HOST as string)
  const byDefault = `${host.includes(':') ? `[${host}]` : host}:{port}`
  return (from.PUBLIC_ADDRESS ?? byDefault)
    .replaceAll('{port}', String(port))
    .replaceAll('{instance}', String(instance))
}

function configFrom(from: Settings): Config {
  const production = from.NODE_ENV === 'production'
  const instance = from.INSTANCE ?? from.NODE_APP_INSTANCE ?? 0
  const port = from.PORT === 0 ? 0 : from.PORT + instance
  // Somebody's own database stays free of made-up people unless they ask for them.
  const demoByDefault = !production && from.DATABASE_URL === undefined ? 'on' : 'off'
  return {
    production,
    host: from.HOST,
    port,
    dataDir: resolve(from.DATA_DIR),
    databaseUrl: from.DATABASE_URL,
    redisUrl: from.REDIS_URL,
    role: from.ROLE,
    instance,
    publicAddress: publicAddressOf(from, port, instance),
    jwtSecret: from.JWT_SECRET,
    publicUrl: from.PUBLIC_URL,
    allowedOrigins: from.ALLOWED_ORIGINS,
    trustedProxies: from.TRUSTED_PROXIES,
    adminEmails: from.ADMIN_EMAILS,
    metricsToken: from.METRICS_TOKEN,
    resend:
      from.RESEND_API_KEY !== undefined && from.MAIL_FROM !== undefined
        ? { apiKey: from.RESEND_API_KEY, from: from.MAIL_FROM, url: from.RESEND_URL }
        : undefined,
    // One crowd of made-up people is enough, however many processes there are.
    demo: instance === 0 && from.ROLE !== 'worker' ? (from.DEMO ?? demoByDefault) : 'off',
    web: from.WEB === 'on',
    logLevel: from.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    rateLimitFactor: from.RATE_LIMIT_FACTOR,
    reviewerLoopback: from.REVIEWER_LOOPBACK === 'on',
    relayFromViewers: from.RELAY_FROM_VIEWERS,
    compresses: from.COMPRESSION === 'on',
    recordings: recorded.from(from),
    media: livekit.from(from),
    payments: paymentSettings.from(from),
    ...broadcastSettings.from(from),
    ...houseSettings.from(from),
  }
}

function passes(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
