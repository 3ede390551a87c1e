import { describe, expect, expectTypeOf, test } from 'vitest'
import type { SlashContext } from './slash-call.ts'
import { parseSlash, slashCommands } from './slash.ts'
import { durationIn, personIn } from './slash-words.ts'

const people = [
  { id: 'a', name: 'Ann' },
  { id: 'al', name: 'Ann Lee' },
  { id: 'm', name: 'मिरा' },
  { id: 't1', name: 'Twin' },
  { id: 't2', name: 'twin' },
  { id: 'n', name: '7 of Nine' },
]
const context: SlashContext = {
  role: 'host',
  people,
  lastLineOf: (userId) => (userId === 'm' ? undefined : `line of ${userId ?? 'mine'}`),
}
const read = (typed: string, more: Partial<SlashContext> = {}) => {
  const parsed = parseSlash(typed, { ...context, ...more })
  return 'refused' in parsed ? parsed.refused : [parsed.command, parsed.args]
}

describe('slash commands', () => {
  test('[SDK-26] every command of the house is read into a call of the room', () => {
    const calls: Record<string, unknown> = {
      '/timeout @ann lee 10m too  loud': [
        'member.timeout',
        { userId: 'al', seconds: 600, reason: 'too loud' },
      ],
      '/timeout Ann': ['member.timeout', { userId: 'a' }],
      '/timeout @Ann spam and more': ['member.timeout', { userId: 'a', reason: 'spam and more' }],
      '/timeout @7 of Nine 90': ['member.timeout', { userId: 'n', seconds: 90 }],
      '/untimeout @मिरा': ['member.untimeout', { userId: 'm' }],
      '/ban @"Ann" Lee said so': ['member.ban', { userId: 'a', reason: 'Lee said so' }],
      '/UNBAN @ANN': ['member.unban', { userId: 'a' }],
      '/warn @ann caps': ['member.warn', { userId: 'a', reason: 'caps' }],
      '/slow': ['chat.modes', { modes: { slowSeconds: 30 } }],
      '/slow 2m': ['chat.modes', { modes: { slowSeconds: 120 } }],
      '/slow off': ['chat.modes', { modes: { slowSeconds: 0 } }],
      '/followers': ['chat.modes', { modes: { followersMinutes: 0 } }],
      '/followers 1d': ['chat.modes', { modes: { followersMinutes: 1_440 } }],
      '/followers 30s': ['chat.modes', { modes: { followersMinutes: 1 } }],
      '/followers OFF': ['chat.modes', { modes: { followersMinutes: -1 } }],
      '/subscribers': ['chat.modes', { modes: { subscribersOnly: true } }],
      '/emoteonly off': ['chat.modes', { modes: { emoteOnly: false } }],
      '/unique on': ['chat.modes', { modes: { unique: true } }],
      '/clear': ['chat.clear', {}],
      '/delete': ['chat.delete', { id: 'line of mine' }],
      '/delete @Ann Lee': ['chat.delete', { id: 'line of al' }],
      '/pin @Ann': ['chat.pin', { id: 'line of a' }],
      '/pin off': ['chat.pin', { id: null }],
      '/mod @Ann': ['role.grant', { userId: 'a', role: 'moderator' }],
      '/unmod @Ann': ['role.revoke', { userId: 'a', role: 'moderator' }],
      '/vip @Ann': ['role.grant', { userId: 'a', role: 'vip' }],
      '/unvip @Ann': ['role.revoke', { userId: 'a', role: 'vip' }],
      '/announce doors at eight': ['chat.announce', { text: 'doors at eight' }],
      '/me waves': ['chat.send', { text: 'waves', isAction: true }],
      'no slash here': ['chat.send', { text: 'no slash here' }],
      '//not a command': ['chat.send', { text: '/not a command' }],
    }
    for (const [typed, call] of Object.entries(calls)) expect(read(typed), typed).toEqual(call)
    expect(read('/pin', { line: 'answered' })).toEqual(['chat.pin', { id: 'answered' }])
  })

  test('[SDK-26] what cannot be meant is refused by name, with a text for people', () => {
    const refusals: Record<string, string> = {
      '/': 'unknown_command',
      '/nosuch thing': 'unknown_command',
      '/raid @Ann': 'unknown_command',
      '/poll one two': 'unknown_command',
      '/__proto__': 'unknown_command',
      '/timeout': 'needs_person',
      '/timeout @': 'needs_person',
      '/timeout @Nobody 10m': 'no_such_person',
      '/timeout @Annie': 'no_such_person',
      '/timeout @Twin 10m': 'several_people',
      '/timeout @Ann 10x': 'needs_duration',
      '/timeout @Ann 0': 'duration_out_of_bounds',
      '/timeout @Ann 15d': 'duration_out_of_bounds',
      '/untimeout @Ann Bee': 'no_such_person',
      '/slow 3m': 'duration_out_of_bounds',
      '/slow fast': 'needs_duration',
      '/followers 91d': 'duration_out_of_bounds',
      '/unique maybe': 'needs_on_or_off',
      '/clear all': 'needs_nothing',
      '/me': 'needs_text',
      '/announce  ': 'needs_text',
      '/delete @मिरा': 'no_such_line',
      '/pin @Nobody': 'no_such_person',
    }
    for (const [typed, code] of Object.entries(refusals)) expect(read(typed), typed).toBe(code)
    expect(parseSlash('/slow fast', context)).toEqual({
      refused: 'needs_duration',
      message: 'Say how long: 30s, 10m, 2h or 1d.',
      about: 'fast',
    })
  })

  test('[SDK-26] completion offers what a role may use; the others are refused here already', () => {
    const names = (role: 'viewer' | 'moderator' | 'host') =>
      slashCommands(role).map(({ name }) => name)
    expect(names('viewer')).toEqual(['/me', '/delete'])
    expect(names('moderator')).not.toContain('/mod')
    expect(names('host')).toHaveLength(19)
    expect(new Set(names('host')).size).toBe(19)
    expect(read('/ban @Ann', { role: 'viewer' })).toBe('not_allowed')
    expect(read('/vip @Ann', { role: 'moderator' })).toBe('not_allowed')
  })

  test('[SDK-26] durations and names', () => {
    expect(['90', '10m', '1h30m', '1d', '2W', '0'].map((word) => durationIn(word, 's'))).toEqual([
      90, 600, 5_400, 86_400, 1_209_600, 0,
    ])
    for (const word of ['', '-5', '1.5h', 'm', '10mm', '999999999', '1e3']) {
      expect(durationIn(word, 's'), word).toBeUndefined()
    }
    expect(personIn('ann  lee   loud', people)).toEqual({ person: people[1], rest: 'loud' })
    expect(personIn('@"ann lee"', people)).toEqual({ person: people[1], rest: '' })
    // The same person twice is one person.
    expect(personIn('Ann', [...people, ...people])).toEqual({ person: people[0], rest: '' })
  })

  test('[SDK-26] a call is typed by its command', () => {
    const parsed = parseSlash('/slow', context)
    if (!('refused' in parsed) && parsed.command === 'member.timeout') {
      expectTypeOf(parsed.args.seconds).toEqualTypeOf<number | undefined>()
    }
  })
})
