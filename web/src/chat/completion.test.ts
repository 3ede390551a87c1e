import { describe, expect, test } from 'vitest'
import { applied, begunAt, suggestCommands, suggestEmotes, suggestPeople } from './completion.ts'

const emote = (code: string) => ({ code, id: code, isAnimated: false, isHouse: true })

describe('completion in the field', () => {
  test.each([
    ['hey @mi', { kind: 'person', query: 'mi', from: 4, to: 7 }],
    ['@', { kind: 'person', query: '', from: 0, to: 1 }],
    ['nice :wav', { kind: 'emote', query: 'wav', from: 5, to: 9 }],
    ['/ti', { kind: 'command', query: 'ti', from: 0, to: 3 }],
    ['मलाई @मी', { kind: 'person', query: 'मी', from: 5, to: 8 }],
    ['at 10:3', null],
    [': ', null],
    [':w', null],
    ['mail a@b', null],
    ['say /ti', null],
  ])('[WEB-106] %s', (text, begun) => {
    expect(begunAt(text, text.length)).toEqual(begun)
  })

  test('[WEB-106] what is taken goes in the place of what was begun, whatever follows', () => {
    const [wave] = suggestEmotes([emote('microwave'), emote('wave')], 'wav')
    const begun = begunAt('oh :wav there', 7)
    expect(wave?.insert).toBe(':wave: ')
    expect(begun && wave ? applied('oh :wav there', begun, wave) : null).toEqual({
      text: 'oh :wave: there',
      caret: 10,
    })
  })

  test('[WEB-106] beginnings come before names and codes that merely contain it', () => {
    const people = suggestPeople(['Samira', 'Mira Sound', 'mirko'], 'mir')
    expect(people.map(({ label }) => label)).toEqual(['Mira Sound', 'mirko', 'Samira'])
    const commands = [
      { name: 'timeout', args: '@name [10m]', help: 'Mute' },
      { name: 'clear', args: '', help: 'Clear' },
    ]
    expect(suggestCommands(commands, 't').map(({ label }) => label)).toEqual([
      '/timeout @name [10m]',
    ])
  })
})
