import { describe, expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

describe('initials', () => {
  test.each([
    ['Rooftop Sessions', 'RS'],
    ['ada', 'A'],
    ['Fado à janela', 'FÀ'],
    ['Guest 4021', 'G4'],
    ['sam_okafor', 'SO'],
    ['(demo) channel', 'DC'],
    // A consonant keeps its vowel, and two of them would not fit side by side.
    ['मायाको भान्सा', 'मा'],
    ['विकास राई', 'वि'],
    // Arabic letters would join into a syllable that nobody's name has.
    ['خط اليد', 'خ'],
    ['夜の半券', '夜'],
    // An emoji of several code points stays whole, and does not stand beside a letter.
    ['👩🏽‍🎤 Asha', '👩🏽‍🎤'],
    ['🇳🇵', '🇳🇵'],
    ['Asha 🎶', 'A'],
    ['e\u0301lodie', 'É'],
    ['…', '·'],
    ['', '·'],
  ])('[WEB-06] %s is shown as %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })
})
