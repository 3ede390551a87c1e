/** Under another writer the record is asked about everybody, a few at a time. */
import { expect, test } from 'vitest'
import { moderationLimits } from './protocol.ts'
import { UnsurePeople } from './read-standing.ts'

const { unsureAtOnce } = moderationLimits

test('[REL-18] of who says nothing some are asked about at once, everybody in the end', async () => {
  const asked = new Map<string, PromiseWithResolvers<void>[]>()
  const unsure = new UnsurePeople((userId) => {
    const answer = Promise.withResolvers<void>()
    asked.set(userId, [...(asked.get(userId) ?? []), answer])
    return answer.promise
  })
  const people = Array.from({ length: unsureAtOnce + 50 }, (_, n) => `p${n}`)
  for (const userId of people) unsure.add(userId)
  const first = unsure.settleSome()
  expect(first).toHaveLength(unsureAtOnce)
  // The record is slow: nobody is asked about twice, and nobody more.
  expect(unsure.settleSome()).toEqual([])
  expect(asked.size).toBe(unsureAtOnce)
  // Who acts does not wait for the others.
  const last = people.at(-1) as string
  const acting = unsure.settle(last)
  asked.get(last)?.[0]?.resolve()
  await acting
  expect(unsure.settle(last)).toBeUndefined()
  // It fails for all: those come again, behind the others.
  for (const userId of people.slice(0, unsureAtOnce)) asked.get(userId)?.[0]?.reject(new Error())
  await Promise.allSettled(first)
  const second = unsure.settleSome()
  expect(second).toHaveLength(unsureAtOnce)
  expect(people.slice(unsureAtOnce).every((userId) => asked.has(userId))).toBe(true)
  for (const answers of asked.values()) answers.at(-1)?.resolve()
  await Promise.allSettled(second)
  const third = unsure.settleSome()
  for (const answers of asked.values()) answers.at(-1)?.resolve()
  await Promise.all(third)
  expect(unsure.settleSome()).toEqual([])
  expect(people.map((userId) => unsure.settle(userId))).toEqual(people.map(() => undefined))
})
