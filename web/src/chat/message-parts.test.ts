import { describe, expect, test } from 'vitest'
import { mentions, messageParts } from './message-parts.ts'

const links = (text: string) =>
  messageParts(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []))

describe('what a line becomes', () => {
  test('[WEB-07] text stays text, whatever it looks like', () => {
    const text = '<img src=x onerror=alert(1)> & <b>bold</b>'
    expect(messageParts(text)).toEqual([{ kind: 'text', text }])
  })

  test.each([
    ['see https://odeon.example/a?b=1.', ['https://odeon.example/a?b=1']],
    ['(https://odeon.example/wiki/Odeon_(Paris))', ['https://odeon.example/wiki/Odeon_(Paris)']],
    ['http://one.example, http://two.example!', ['http://one.example/', 'http://two.example/']],
    ['javascript:alert(1) data:text/html,x ftp://x.example', []],
    ['https://bank.example@evil.example/', []],
    ['https://', []],
  ])('[WEB-07] %s', (text, expected) => {
    expect(links(text)).toEqual(expected)
  })

  test('[WEB-07] no character is lost', () => {
    const text = 'hi @mira see https://odeon.example/x) and @nightowl, bye'
    expect(
      messageParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text)
  })

  test('[WEB-08] a mention is the whole name, in any case', () => {
    expect(mentions('hello @Mira', 'mira')).toBe(true)
    expect(mentions('hello @miranda', 'mira')).toBe(false)
    expect(mentions('mail me at a@mira', 'mira')).toBe(false)
    expect(mentions('मलाई @मीरा भन', 'मीरा')).toBe(true)
  })
})
