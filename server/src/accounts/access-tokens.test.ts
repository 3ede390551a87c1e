import { createHmac, generateKeyPairSync } from 'node:crypto'
import { TokenRefused } from '@odeon/rooms/ports'
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { accessTokens } from './access-tokens.ts'
import type { User } from './entities.ts'
import { VerifiedTokens } from './verified-tokens.ts'

const secret = new TextEncoder().encode('0123456789abcdef0123456789abcdef')
const clock = { now: Date.parse('2026-11-21T10:00:00Z') }
const tokens = accessTokens(secret, () => clock.now)
const userId = v7()
const sid = v7()
const user = { id: userId, username: 'ann', kind: 'account', platformRole: 'admin' } as User

const seconds = () => Math.floor(clock.now / 1000)
const claims = () => ({
  sub: userId,
  user_id: userId,
  sid,
  username: 'ann',
  kind: 'account',
  role: 'admin',
  iss: 'odeon',
  aud: 'odeon',
  iat: seconds(),
  exp: seconds() + 900,
})
const header = { alg: 'HS256', typ: 'at+jwt' }

/** Signs anything at all with our own secret, the way a library would refuse to. */
function signed(head: object, body: object, key: string | Uint8Array = secret, hash = 'sha256') {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part(head)}.${part(body)}`
  return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`
}
const without = (name: string) =>
  Object.fromEntries(Object.entries(claims()).filter(([key]) => key !== name))

test('[ACC-11] a token names the person and the sign-in, and lives for 15 minutes', async () => {
  const { accessToken, expiresAt } = await tokens.sign(user, sid)
  expect(decodeProtectedHeader(accessToken)).toEqual(header)
  expect(decodeJwt(accessToken)).toEqual(claims())
  expect(expiresAt - clock.now).toBe(15 * 60_000)
  expect(await tokens.verify(accessToken)).toEqual({ userId, sid })
})

test('[ACC-12] a token made by hand as we make it is good', async () => {
  expect(await tokens.verify(signed(header, claims()))).toEqual({ userId, sid })
})

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string
const ownKey = new TextEncoder().encode('the attacker has a key of 32 byte')
const jwk = { kty: 'oct', k: Buffer.from(ownKey).toString('base64url') }

const forged: [why: string, make: () => string | Promise<string>][] = [
  ['alg none', () => new UnsecuredJWT(claims()).encode()],
  ['alg None, in other letters', () => signed({ ...header, alg: 'None' }, claims())],
  ['alg none with our signature', () => signed({ ...header, alg: 'none' }, claims())],
  ['no alg at all', () => signed({ typ: 'at+jwt' }, claims())],
  ['no signature', () => `${signed(header, claims()).split('.').slice(0, 2).join('.')}.`],
  ['another secret', () => signed(header, claims(), ownKey)],
  ['an empty secret', () => signed(header, claims(), '')],
  ['HS384 with our secret', () => signed({ ...header, alg: 'HS384' }, claims(), secret, 'sha384')],
  ['HS512 with our secret', () => signed({ ...header, alg: 'HS512' }, claims(), secret, 'sha512')],
  [
    'RS256',
    () =>
      new SignJWT(claims()).setProtectedHeader({ ...header, alg: 'RS256' }).sign(rsa.privateKey),
  ],
  [
    'RS256 said, HMAC with a public key',
    () => signed({ ...header, alg: 'RS256' }, claims(), publicPem),
  ],
  ['HMAC with a public key', () => signed(header, claims(), publicPem)],
  ['a jwk that signs for itself', () => signed({ ...header, jwk }, claims(), ownKey)],
  ['a jwk beside our signature', () => signed({ ...header, jwk }, claims())],
  ['a kid that is a path', () => signed({ ...header, kid: '/dev/null' }, claims(), '')],
  ['a kid beside our signature', () => signed({ ...header, kid: "' or 1=1" }, claims())],
  ['a jku', () => signed({ ...header, jku: 'https://evil.test/jwks.json' }, claims(), ownKey)],
  ['an x5u', () => signed({ ...header, x5u: 'https://evil.test/cert.pem' }, claims())],
  ['a crit we do not know', () => signed({ ...header, crit: ['exp'] }, claims())],
  ['b64 switched off', () => signed({ ...header, b64: false, crit: ['b64'] }, claims())],
  ['another audience', () => signed(header, { ...claims(), aud: 'elsewhere' })],
  ['no audience', () => signed(header, without('aud'))],
  ['another issuer', () => signed(header, { ...claims(), iss: 'elsewhere' })],
  ['no issuer', () => signed(header, without('iss'))],
  ['another type', () => signed({ alg: 'HS256', typ: 'JWT' }, claims())],
  ['no type', () => signed({ alg: 'HS256' }, claims())],
  ['a refresh token type', () => signed({ alg: 'HS256', typ: 'rt+jwt' }, claims())],
  ['expired a second ago', () => signed(header, { ...claims(), exp: seconds() - 1 })],
  ['no expiry', () => signed(header, without('exp'))],
  ['an expiry that is text', () => signed(header, { ...claims(), exp: '9999999999' })],
  ['issued long ago for ever', () => signed(header, { ...claims(), iat: 1, exp: 9_999_999_999 })],
  ['no time of issue', () => signed(header, without('iat'))],
  ['not yet valid', () => signed(header, { ...claims(), nbf: seconds() + 60 })],
  ['issued in the future', () => signed(header, { ...claims(), iat: seconds() + 60 })],
  ['no subject', () => signed(header, without('sub'))],
  ['two subjects', () => signed(header, { ...claims(), user_id: v7() })],
  ['no sign-in', () => signed(header, without('sid'))],
  ['ids that are not ids', () => signed(header, { ...claims(), sub: '1', user_id: '1' })],
  ['encryption instead', () => 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..a.b.c'],
  ['nothing', () => ''],
  ['dots', () => '..'],
  ['not base64', () => '%.%.%'],
]

test.each(forged)('[ACC-12] refused: %s', async (_, make) => {
  await expect(tokens.verify(await make())).rejects.toBeInstanceOf(TokenRefused)
})

test('[ACC-12] one changed character anywhere makes it worthless', async () => {
  const { accessToken } = await tokens.sign(user, sid)
  for (let at = 0; at < accessToken.length - 1; at += 1) {
    const other = accessToken[at] === 'A' ? 'B' : 'A'
    const changed = accessToken.slice(0, at) + other + accessToken.slice(at + 1)
    await expect(tokens.verify(changed)).rejects.toBeInstanceOf(TokenRefused)
  }
})

test('[ACC-12] refused from the second it expires', async () => {
  const { accessToken, expiresAt } = await tokens.sign(user, sid)
  const before = clock.now
  clock.now = expiresAt - 1
  expect(await tokens.verify(accessToken)).toEqual({ userId, sid })
  clock.now = expiresAt
  await expect(tokens.verify(accessToken)).rejects.toBeInstanceOf(TokenRefused)
  clock.now = before
})

test('[ACC-17] an expired token still names its sign-in, a forged one does not', async () => {
  const old = signed(header, { ...claims(), iat: seconds() - 5_000, exp: seconds() - 4_000 })
  expect(await tokens.verify(old, true)).toEqual({ userId, sid })
  const other = signed(header, claims(), ownKey)
  await expect(tokens.verify(other, true)).rejects.toBeInstanceOf(TokenRefused)
})

test('[ACC-11] a short secret is refused at start', () => {
  expect(() => accessTokens(new Uint8Array(31), Date.now)).toThrow('32 bytes')
})

test('[ACC-32] a token known to be good is good no longer than it lives, and no other is', async () => {
  const fresh = accessTokens(secret, () => clock.now)
  const handmade = signed(header, claims())
  const long = signed(header, { ...claims(), exp: seconds() + 86_400 })
  const { accessToken } = await tokens.sign(user, sid)
  for (const token of [accessToken, handmade, long]) {
    expect(await fresh.verify(token)).toEqual({ userId, sid })
    expect(await fresh.verify(token)).toEqual({ userId, sid })
    const signature = token.lastIndexOf('.') + 1
    const other = token[signature] === 'A' ? 'B' : 'A'
    const forged = token.slice(0, signature) + other + token.slice(signature + 1)
    await expect(fresh.verify(forged)).rejects.toThrow(TokenRefused)
  }
  clock.now += 15 * 60_000 + 1_000
  for (const token of [accessToken, handmade, long]) {
    await expect(fresh.verify(token)).rejects.toThrow(TokenRefused)
    expect(await fresh.verify(token, true)).toEqual({ userId, sid })
    await expect(fresh.verify(token)).rejects.toThrow(TokenRefused)
  }
})

test('[ACC-32] so many tokens are known and no more, the newest among them', () => {
  const known = new VerifiedTokens(100)
  for (let n = 0; n < 1_000; n += 1) known.keep(`token-${n}`, { userId, sid }, 10)
  expect(known.size).toBeLessThanOrEqual(100)
  expect(known.find('token-999', 9)).toEqual({ userId, sid })
  expect(known.find('token-999', 10)).toBeUndefined()
  expect(known.find('token-1', 9)).toBeUndefined()
})
