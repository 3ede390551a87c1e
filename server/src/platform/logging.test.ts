import { expect, test } from 'vitest'
import { createLogger, redactUrl, scrub } from './logging.ts'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
const hash = `$2b$12$${'a'.repeat(53)}`

function logged(facts: object, text = 'text'): string {
  const lines: string[] = []
  createLogger({ destination: { write: (line) => void lines.push(line) } }).info(facts, text)
  return lines.join('')
}

test.each([
  ['a header', { headers: { authorization: 'Bearer s3cret', cookie: 'odeon_refresh=s3cret' } }],
  ['a password', { body: { password: 's3cret' } }],
  ['a token two levels down', { request: { body: { refreshToken: 's3cret' } } }],
  ['a token at the top', { accessToken: 's3cret', reconnectionToken: 's3cret' }],
  ['a token in an address', { url: '/x?_authToken=s3cret&reconnectionToken=s3cret' }],
  ['a Colyseus session id', { url: '/process/room?sessionId=s3cret' }],
  ['a bearer in an error', { err: new Error('bad header: Bearer s3cret') }],
  ['a cookie in text', { note: 'got odeon_refresh=s3cret; path=/' }],
])('[HTP-05] %s never reaches the log', (_, facts) => {
  const line = logged(facts)
  expect(line).not.toContain('s3cret')
  expect(line).toContain('[redacted')
  expect(() => JSON.parse(line)).not.toThrow()
})

test('[HTP-05] what looks like a token or a hash is caught wherever it stands', () => {
  const line = logged({ err: new Error(`cannot verify ${jwt} with ${hash}`) }, `x ${jwt}`)
  expect(line).not.toContain(jwt)
  expect(line).not.toContain(hash)
  expect(scrub('an ordinary line')).toBe('an ordinary line')
})

test('[HTP-05] an address in the log keeps what is harmless and has a bound', () => {
  expect(redactUrl('/a?limit=3&_authToken=x&b=1')).toBe('/a?limit=3&_authToken=[redacted]&b=1')
  expect(redactUrl(`/${'a'.repeat(100_000)}`)).toHaveLength(512)
})
