/**
 * Structured logs. Secrets are kept out three times: by field name, in URLs, and, as a last
 * net, by shape in the finished line.
 */
import { type DestinationStream, type Logger, pino } from 'pino'
import pretty from 'pino-pretty'

export interface LoggingOptions {
  level?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  /** Lines for people instead of JSON. */
  pretty?: boolean
  destination?: DestinationStream
}

const secretNames = [
  'password',
  'passwordHash',
  'authorization',
  'cookie',
  'token',
  'accessToken',
  'refreshToken',
  'reconnectionToken',
  '_authToken',
  'sessionId',
  'jwtSecret',
  'secret',
]
const secretPaths = secretNames.flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
  `*.*.*.${name}`,
])

export function createLogger(options: LoggingOptions = {}): Logger {
  const destination =
    options.destination ?? (options.pretty ? pretty({ colorize: process.stdout.isTTY }) : undefined)
  return pino(
    {
      level: options.level ?? 'info',
      redact: { paths: [...secretPaths, 'headers["set-cookie"]'], censor: '[redacted]' },
      hooks: { streamWrite: scrub },
    },
    destination ?? pino.destination({ dest: 1, sync: false }),
  )
}

const secretParameters = /([?&](?:_authToken|reconnectionToken|sessionId|sum|token)=)[^&#\s"\\]*/gi

/** A URL fit for a log: tokens in its query are replaced, and it is cut at 512 characters. */
export function redactUrl(url: string): string {
  return url.slice(0, 2_048).replace(secretParameters, '$1[redacted]').slice(0, 512)
}

const shapes: [RegExp, string][] = [
  [secretParameters, '$1[redacted]'],
  [/\beyJ[\w-]{8,}\.[\w-]*\.[\w-]*/g, '[redacted token]'],
  [/\bBearer [\w.~+/=-]+/gi, 'Bearer [redacted]'],
  [/\bodeon_refresh=[\w.~-]+/g, 'odeon_refresh=[redacted]'],
  [/\$2[aby]\$\d\d\$[./\w]{53}/g, '[redacted hash]'],
]

/** Replaces what looks like a secret in a finished line. Keeps valid JSON valid. */
export function scrub(line: string): string {
  return shapes.reduce((text, [shape, instead]) => text.replace(shape, instead), line)
}
