import { expect, test } from 'vitest'
import { displayName, email, password, username } from './protocol.ts'

test.each<[string, string | null]>([
  ['ann', 'ann'],
  ['  Ann_7 ', 'ann_7'],
  ['a'.repeat(20), 'a'.repeat(20)],
  ['an', null],
  ['a'.repeat(21), null],
  ['ann-marie', null],
  ['ann marie', null],
  ['änn', null],
  ['аnn', null],
  ['admin', null],
  ['Ad_min', null],
  ['odeon', null],
  ['', null],
])('[ACC-02] username %j becomes %j', (given, expected) => {
  expect(username.safeParse(given).data ?? null).toBe(expected)
})

test.each<[string, string | null]>([
  ['ann@example.org', 'ann@example.org'],
  [' Ann@Example.ORG ', 'ann@example.org'],
  ['ann', null],
  ['ann@', null],
  ['ann@example.org\nbcc: all@example.org', null],
  [`${'a'.repeat(250)}@b.org`, null],
])('[ACC-03] email %j becomes %j', (given, expected) => {
  expect(email.safeParse(given).data ?? null).toBe(expected)
})

test.each<[string, boolean]>([
  ['123456789', false],
  ['1234567890', true],
  ['ééééé', true],
  ['a'.repeat(72), true],
  ['a'.repeat(73), false],
  ['é'.repeat(36), true],
  ['é'.repeat(37), false],
  ['long enough\0 with nul', false],
])('[ACC-04] password %j is acceptable: %s', (given, acceptable) => {
  const result = password.safeParse(given)
  expect(result.success).toBe(acceptable)
  if (!acceptable) expect(result.error?.issues[0]?.message).toMatch(/^(Use|Leave)/)
})

test.each<[string, string | null]>([
  ['Ann', 'Ann'],
  ['  Ann \t Lee ', 'Ann Lee'],
  ['アン', 'アン'],
  ['👩‍🚀 Ann', '👩‍🚀 Ann'],
  ['e\u0301', 'é'],
  ['', null],
  ['   ', null],
  ['a'.repeat(41), null],
  ['A\u202enn', null],
  ['A\u200bnn', null],
  ['A\u200dnn', null],
  ['A\u0000nn', null],
  ['A\u0300\u0301\u0302\u0303\u0304\u0305', null],
  ['❤️ Ann ❤️‍🔥', '❤️ Ann ❤️‍🔥'],
  ['\u3164', null],
  ['\u2800\u2800', null],
  ['\u034f', null],
  ['A\ufe0fnn', null],
  ['ＡＤＭＩＮ', null],
  ['\u0410dmin', null],
  ['Ádmin', null],
  ['0ΔEON', '0ΔEON'],
  ['0DE\u041eN', null],
  ['Моника', 'Моника'],
  ['Moderator', null],
  ['o d e o n', null],
])('[ACC-05] display name %j becomes %j', (given, expected) => {
  expect(displayName.safeParse(given).data ?? null).toBe(expected)
})
