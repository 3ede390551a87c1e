/**
 * What may be wrong with a value: a closed list of codes, each with a sentence for people. Every
 * refusal `invalid` is made of these, over HTTP and in rooms, so that an app can say it anew.
 */
import type { z } from 'zod'

/** Blanks are `{min}` and `{max}`. */
export const problems = {
  missing: 'Fill this in.',
  empty: 'Write something.',
  too_short: 'Use at least {min} characters.',
  too_long: 'Use at most {max} characters.',
  too_few_bytes: 'Use at least {min} bytes.',
  too_many_bytes: 'Use at most {max} bytes.',
  too_few: 'Give at least {min} of them.',
  too_many: 'Give at most {max} of them.',
  too_small: 'Use {min} or more.',
  too_large: 'Use {max} or less.',
  not_whole: 'Use a whole number.',
  not_offered: 'Choose one of those that are offered.',
  unknown: 'This is not known here.',
  wrong_kind: 'Something else belongs here.',
  wrong_form: 'This is not written the way it has to be.',
  not_valid: 'This is not valid.',
  nothing_changed: 'Change something.',
  no_action: 'What is only looked at has no action.',
  reserved: 'That name is reserved.',
  taken: 'That is taken already.',
  indecent: 'That breaks the rules of this house. Choose other words.',
  invisible: 'Leave out invisible characters.',
  username: 'Use {min} to {max} of the characters a–z, 0–9 and _.',
  email: 'That is not an email address.',
  language: 'Use a code like en or pt-BR.',
  country: 'Use a two-letter country code.',
  web_address: 'Use a web address that starts with https://',
  secret: 'Use letters, digits and signs without spaces.',
} as const
export type ProblemCode = keyof typeof problems

export interface Problem {
  code: ProblemCode
  min?: number
  max?: number
}

/** The sentence of a problem, for shapes: `z.string().max(9, problem('too_long', { max: 9 }))`. */
export function problem(code: ProblemCode, blanks: { min?: number; max?: number } = {}): string {
  return problems[code].replace(/\{(min|max)\}/g, (_, name: 'min' | 'max') => `${blanks[name]}`)
}

const asPattern = (sentence: string) =>
  new RegExp(
    `^${sentence.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(min|max)\}/g, '(?<$1>-?\\d+)')}$`,
  )

let patterns: [code: ProblemCode, pattern: RegExp][] | undefined

/** The problem that a sentence tells, if any: of what a check says zod keeps the words alone. */
export function problemOf(sentence: string): Problem | undefined {
  patterns ??= (Object.keys(problems) as ProblemCode[]).map((code) => [
    code,
    asPattern(problems[code]),
  ])
  for (const [code, pattern] of patterns) {
    const { groups, 0: found } = pattern.exec(sentence) ?? {}
    if (found === undefined) continue
    const blanks = Object.entries(groups ?? {}).map(([name, value]) => [name, Number(value)])
    return { code, ...(Object.fromEntries(blanks) as Omit<Problem, 'code'>) }
  }
  return undefined
}

/** Codes for all sentences that have one, by field; undefined when none has. */
export function problemsOf(
  fields: Readonly<Record<string, string>>,
): Record<string, Problem> | undefined {
  const known = Object.entries(fields).flatMap(([field, sentence]) => {
    const told = problemOf(sentence)
    return told === undefined ? [] : [[field, told] as const]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

type Issue = z.core.$ZodRawIssue

function tooSmall({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  const min = Number(minimum)
  if (origin === 'string') return min <= 1 ? problem('empty') : problem('too_short', { min })
  return problem(origin === 'array' || origin === 'set' ? 'too_few' : 'too_small', { min })
}

function tooBig({ origin, maximum }: Extract<Issue, { code: 'too_big' }>): string {
  const max = Number(maximum)
  if (origin === 'string') return problem('too_long', { max })
  return problem(origin === 'array' || origin === 'set' ? 'too_many' : 'too_large', { max })
}

/** For `safeParse`: what a shape does not say itself is said in a sentence of the list. */
export function plainly(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_type':
      if (issue.input === undefined) return problem('missing')
      return problem(issue.expected === 'int' ? 'not_whole' : 'wrong_kind')
    case 'invalid_value':
      return problem(issue.input === undefined ? 'missing' : 'not_offered')
    case 'invalid_format':
      return problem('wrong_form')
    case 'unrecognized_keys':
      return problem('unknown')
    default:
      return problem('not_valid')
  }
}
