/**
 * The letters about a suspension: that it began, that an appeal against it was not granted, that it
 * is over. They say why and by which role, never by whom, and hold no key: the link leads to a page
 * that asks who one is.
 */
import { escaped, letterButton, letterPage } from './letter-page.ts'
import type { Letter } from './mailer.ts'

export type LetterSays = 'suspended' | 'upheld' | 'restored'

export interface SuspensionLetter {
  id: string
  to: string
  name: string
  says: LetterSays
  language: 'en' | 'ne'
  /** In words of people, or of the house's list; null when none was given. */
  reason: string | null
  /** What was said of the appeal. */
  note: string | null
  link: string
}

interface Words {
  hello: (name: string) => string
  subject: Record<LetterSays, string>
  what: Record<LetterSays, string>
  why: (reason: string) => string
  note: (note: string) => string
  by: string
  until: string
  appeal: string
  read: string
  signIn: string
}

const words: Record<'en' | 'ne', Words> = {
  en: {
    hello: (name) => `Hello ${name},`,
    subject: {
      suspended: 'Your Odeon account is suspended',
      upheld: 'Your appeal was decided: the suspension stands',
      restored: 'Your Odeon account is open again',
    },
    what: {
      suspended: 'your account was suspended: you are signed out and cannot enter rooms.',
      upheld: 'somebody read your appeal. The suspension of your account stands.',
      restored: 'the suspension of your account is over. You can sign in again.',
    },
    why: (reason) => `Why: ${reason}`,
    note: (note) => `They wrote: ${note}`,
    by: 'Decided by: staff',
    until: 'Until: no end is set',
    appeal: 'You have one appeal. Sign in with your password to read the decision and write it.',
    read: 'Read it and appeal',
    signIn: 'Sign in',
  },
  ne: {
    hello: (name) => `नमस्ते ${name},`,
    subject: {
      suspended: 'तपाईंको Odeon खाता निलम्बित भयो',
      upheld: 'तपाईंको पुनरावेदनको निर्णय: निलम्बन कायम छ',
      restored: 'तपाईंको Odeon खाता फेरि खुल्यो',
    },
    what: {
      suspended: 'तपाईंको खाता निलम्बित भयो: तपाईं साइन आउट हुनुभयो र कोठामा छिर्न सक्नुहुन्न।',
      upheld: 'तपाईंको पुनरावेदन पढियो। खाताको निलम्बन कायम छ।',
      restored: 'तपाईंको खाताको निलम्बन सकियो। तपाईं फेरि साइन इन गर्न सक्नुहुन्छ।',
    },
    why: (reason) => `किन: ${reason}`,
    note: (note) => `उहाँहरूले लेख्नुभयो: ${note}`,
    by: 'निर्णय गर्ने: कर्मचारी',
    until: 'कहिलेसम्म: अन्त्य तोकिएको छैन',
    appeal: 'एक पटक पुनरावेदन गर्न मिल्छ। पढ्न र लेख्न पासवर्डले साइन इन गर्नुहोस्।',
    read: 'पढ्नुहोस् र पुनरावेदन गर्नुहोस्',
    signIn: 'साइन इन',
  },
}

export function suspensionLetter(letter: SuspensionLetter): Letter {
  const { id, to, name, says, language, reason, note, link } = letter
  const said = words[language]
  const facts = [
    ...(says === 'suspended' && reason !== null ? [said.why(reason)] : []),
    ...(says === 'upheld' && note !== null ? [said.note(note)] : []),
    ...(says === 'suspended' ? [said.by, said.until, said.appeal] : []),
  ]
  const subject = said.subject[says]
  const text = [said.hello(name), '', said.what[says], '', ...facts, '', link, ''].join('\n')
  const html = letterPage({
    language,
    subject,
    lines: [
      ...[said.hello(name), said.what[says], ...facts].map((line) => `<p>${escaped(line)}</p>`),
      letterButton(link, says === 'suspended' ? said.read : said.signIn),
    ],
  })
  return { id, to, subject, text, html }
}
