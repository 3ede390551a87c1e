import { parseOptions } from '@node-rs/bcrypt'
import { expect, test } from 'vitest'
import { Refused } from '../platform/http/refusal.ts'
import { passwordCost, passwords } from './passwords.ts'

const quick = passwords(4)

async function hashed(password: string): Promise<string> {
  const hash = await quick.hash(password)
  if (hash instanceof Refused) throw new Error('busy')
  return hash
}

test('[ACC-01] passwords are hashed with bcrypt at cost 12', async () => {
  expect(passwordCost).toBe(12)
  const hash = await passwords().hash('correct horse battery')
  expect(parseOptions(hash as string)).toEqual({ version: '2b', cost: 12 })
})

test('[ACC-01] the same password hashes differently each time and matches both', async () => {
  const [one, two] = [await hashed('correct horse'), await hashed('correct horse')]
  expect(one).not.toBe(two)
  expect(await quick.matches('correct horse', one)).toBe(true)
  expect(await quick.matches('correct horse', two)).toBe(true)
  expect(await quick.matches('Correct horse', one)).toBe(false)
})

test('[ACC-04] a password matches however its accents are composed', async () => {
  const hash = await hashed('caf\u00e9 society'.normalize('NFKC'))
  expect(await quick.matches('cafe\u0301 society', hash)).toBe(true)
})

test('[ACC-04] 72 bytes and then some do not match the 72 bytes', async () => {
  const longest = 'a'.repeat(72)
  const hash = await hashed(longest)
  expect(await quick.matches(longest, hash)).toBe(true)
  expect(await quick.matches(`${longest}b`, hash)).toBe(false)
})

test('[ACC-07] nobody matches nothing, and a hash is compared all the same', async () => {
  expect(await quick.matches('correct horse', null)).toBe(false)
  const real = passwords()
  const time = async (stored: string | null) => {
    const start = process.cpuUsage()
    await real.matches('correct horse', stored)
    const { user, system } = process.cpuUsage(start)
    return user + system
  }
  await time(null)
  const stored = (await real.hash('another one')) as string
  // The work is measured, not the clock: cost 12 is some 200 ms of it, a shortcut is none.
  const [unknown, known] = [await time(null), await time(stored)]
  expect(unknown).toBeGreaterThan(known / 4)
})

test('[ACC-27] more at once than can wait are refused as busy, the others are served', async () => {
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => quick.hash('correct horse')))
  const busy = outcomes.filter((outcome) => outcome instanceof Refused)
  expect(busy.length).toBeGreaterThan(0)
  expect(busy.length).toBeLessThan(100)
  expect(busy[0]).toMatchObject({ code: 'busy', extra: { retryAfterMs: 2_000 } })
  expect(await quick.hash('correct horse')).toMatch(/^\$2b\$/)
})
