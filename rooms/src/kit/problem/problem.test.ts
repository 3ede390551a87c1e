// What is wrong with a value is said in sentences of a closed list, each of which has a code.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { chatText } from '../../chat/protocol.ts'
import { liveCommands } from '../../live/live-commands.ts'
import { meCommands } from '../../me/me-room.ts'
import { wordsOf } from '../../testing/shape-words.ts'
import { plainly, type ProblemCode, problem, problemOf, problems, problemsOf } from './protocol.ts'

const told = (shape: z.ZodType, value: unknown) => {
  const { error } = shape.safeParse(value, { error: plainly })
  return error?.issues.map(({ message }) => problemOf(message))
}

test('[KIT-16] every sentence of the list is read back as its code and its figures', () => {
  for (const code of Object.keys(problems) as ProblemCode[]) {
    const figures = { min: 3, max: 140 }
    const sentence = problem(code, figures)
    expect(sentence, code).toMatch(/^\p{Lu}[^{}]+(\.|https:\/\/)$/u)
    expect(problemOf(sentence)?.code).toBe(code)
  }
  expect(problemOf('Use at most 140 characters.')).toEqual({ code: 'too_long', max: 140 })
  expect(problemOf('Use -1 or more.')).toEqual({ code: 'too_small', min: -1 })
  expect(problemOf('Too small: expected string to have >=1 characters')).toBeUndefined()
  expect(problemsOf({ a: 'Fill this in.', b: 'said by a machine' })).toEqual({
    a: { code: 'missing' },
  })
})

test('[KIT-16] what a shape does not say itself is said plainly', () => {
  const rows: [z.ZodType, unknown, object][] = [
    [z.string(), undefined, { code: 'missing' }],
    [z.string(), 7, { code: 'wrong_kind' }],
    [z.string().min(1), '', { code: 'empty' }],
    [z.string().min(3), 'a', { code: 'too_short', min: 3 }],
    [z.string().max(2), 'abc', { code: 'too_long', max: 2 }],
    [z.number().min(-1), -5, { code: 'too_small', min: -1 }],
    [z.number().max(120), 121, { code: 'too_large', max: 120 }],
    [z.number().int(), 1.5, { code: 'not_whole' }],
    [z.array(z.string()).max(1), ['a', 'b'], { code: 'too_many', max: 1 }],
    [z.array(z.string()).min(2), ['a'], { code: 'too_few', min: 2 }],
    [z.enum(['a', 'b']), 'c', { code: 'not_offered' }],
    [z.uuid(), 'no', { code: 'wrong_form' }],
    [z.string().regex(/^a$/), 'b', { code: 'wrong_form' }],
    [z.strictObject({}), { more: 1 }, { code: 'unknown' }],
    [z.string().refine(() => false), 'a', { code: 'not_valid' }],
    [z.union([z.string(), z.number()]), true, { code: 'not_valid' }],
    [chatText, ' ', { code: 'empty' }],
  ]
  for (const [shape, value, expected] of rows) expect(told(shape, value)).toEqual([expected])
})

test('[KIT-16] commands say nothing that is not on the list', () => {
  for (const [name, { shape }] of Object.entries({ ...liveCommands, ...meCommands })) {
    for (const sentence of wordsOf(shape)) expect(problemOf(sentence), name).toBeDefined()
  }
  expect(wordsOf(liveCommands['chat.send']?.shape as z.ZodType)).toContain('Write something.')
})
